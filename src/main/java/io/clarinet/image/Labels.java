package io.clarinet.image;

import io.clarinet.image.ImageException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The names of a classifier's classes, in the order of its outputs.
 *
 * @param names one name a class
 */
public record Labels(List<String> names) {
  private static final int MAX_FILE_BYTES = 16 << 20;

  /** A copy of the names. */
  public Labels {
    names = List.copyOf(names);
  }

  /** The 1000 classes of ImageNet (ILSVRC 2012), in the order of their WordNet ids. */
  public static Labels imageNet() {
    return builtIn("imagenet.txt");
  }

  /** The 10 classes of CIFAR-10. */
  public static Labels cifar10() {
    return new Labels(
        List.of(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck"));
  }

  /** {@code class 0}, {@code class 1}, … for networks whose classes have no names. */
  public static Labels numbered(int count) {
    return new Labels(IntStream.range(0, count).mapToObj(i -> "class " + i).toList());
  }

  /**
   * The labels in a text file: one name a line; or {@code n01440764 tench} with a WordNet id before
   * the name; or JSON, {@code ["tench", …]}, {@code {"0": "tench", …}} or {@code {"0":
   * ["n01440764", "tench"], …}}.
   *
   * @throws ImageException if there is no such file, or it is none of these
   */
  public static Labels read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new ImageException(
            Kind.TOO_LARGE, file.toString(), "larger than 16 MB: not a file of labels");
      }
      return LabelText.parse(file.toString(), bytes);
    } catch (ImageException e) {
      throw e;
    } catch (IOException e) {
      throw ImageException.reading(file, e);
    }
  }

  /**
   * The labels in a model's metadata: as {@link #read} knows them, or what Python prints for a
   * dictionary or a list ({@code {0: 'tench', …}}, as Ultralytics exports), or joined by commas.
   *
   * @param source its name in errors
   * @throws ImageException if it is none of these
   */
  public static Labels parse(String source, String text) throws IOException {
    boolean listed = text.lines().limit(2).count() == 1 && !text.matches("\\s*[\\[{].*");
    return LabelText.parse(
        source,
        (listed ? text.replaceAll("\\s*,\\s*", "\n") : text).getBytes(StandardCharsets.UTF_8));
  }

  private static Labels builtIn(String resource) {
    try (InputStream in = Labels.class.getResourceAsStream(resource)) {
      return LabelText.parse(resource, Objects.requireNonNull(in, resource).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that {@link #parse} reads as these: a JSON array. */
  public String toText() {
    return LabelText.print(this);
  }

  /** These labels with one more class before them. */
  public Labels after(String first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(names);
    return new Labels(all);
  }

  /** Number of classes named. */
  public int size() {
    return names.size();
  }

  /** The name of a class; {@code class 7} where the list is too short for it. */
  public String name(int index) {
    return index < names.size() ? names.get(index) : "class " + index;
  }
}
