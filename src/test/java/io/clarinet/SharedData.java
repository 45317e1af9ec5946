package io.clarinet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clarinet.image.Picture;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real models and pictures with known answers, which lie outside of the project. */
final class SharedData {
  private static final Path FOLDER = Path.of("../shared/data");
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] STD = {0.229f, 0.224f, 0.225f};

  private SharedData() {}

  /** A file of the shared data; the test is skipped where there is none. */
  static Path file(String name) {
    assumeTrue(Files.isDirectory(FOLDER), "the shared models and pictures are not in " + FOLDER);
    return FOLDER.resolve(name);
  }

  /** A picture and the class that it shows. */
  record Sample(Picture picture, int label) {}

  /** The sample pictures of ImageNet from {@code folder}, in one of its file formats. */
  static List<Sample> imageNet(String folder) throws IOException {
    List<String> synsets =
        Files.readAllLines(file("labels/synset_words.txt")).stream()
            .map(line -> line.substring(0, 9))
            .toList();
    List<Sample> samples = new ArrayList<>();
    try (Stream<Path> files = Files.list(file(folder))) {
      for (Path each : files.sorted().toList()) {
        String name = String.valueOf(each.getFileName());
        if (name.startsWith("n0") || name.startsWith("n1")) {
          samples.add(new Sample(Picture.read(each), synsets.indexOf(name.substring(0, 9))));
        }
      }
    }
    return samples;
  }

  /** CIFAR-10 records as a normalised batch and their labels. */
  record Cifar(Tensor images, int[] labels) {

    /** Pictures {@code from} to {@code to}. */
    Tensor batch(int from, int to) {
      Tensor part = Tensor.zeros(Shape.of(to - from, 3, 32, 32));
      part.floats().put(images.floats().slice(from * 3072, (to - from) * 3072));
      return part;
    }
  }

  static Cifar cifar(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    int count = bytes.length / 3073;
    Tensor images = Tensor.zeros(Shape.of(count, 3, 32, 32));
    FloatBuffer values = images.floats();
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      labels[n] = bytes[n * 3073];
      for (int i = 0; i < 3072; i++) {
        float sample = (bytes[n * 3073 + 1 + i] & 0xff) / 255f;
        values.put((sample - MEAN[i / 1024]) / STD[i / 1024]);
      }
    }
    return new Cifar(images, labels);
  }

  /** MNIST records of a label byte and 784 grey ones, as they are, between 0 and 255. */
  record Mnist(Tensor images, int[] labels) {}

  static Mnist mnist(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    int count = bytes.length / 785;
    Tensor images = Tensor.zeros(Shape.of(count, 1, 28, 28));
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      labels[n] = bytes[n * 785];
      for (int i = 0; i < 784; i++) {
        images.set(n * 784L + i, (double) (bytes[n * 785 + 1 + i] & 0xff));
      }
    }
    return new Mnist(images, labels);
  }

  static Tensor npy(String name) throws IOException {
    return Npy.read(file(name));
  }

  /** Index of the largest of {@code count} values from {@code from} on. */
  static int argMax(FloatBuffer values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values.get(from + i) > values.get(from + best)) {
        best = i;
      }
    }
    return best;
  }
}
