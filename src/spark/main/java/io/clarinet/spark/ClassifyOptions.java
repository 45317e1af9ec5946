package io.clarinet.spark;

import io.clarinet.image.Labels;
import io.clarinet.image.Preprocess;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of each picture.
 *
 * @param model a file, on the driver or by a URL that Spark reads ({@code hdfs:}, {@code s3a:}), or
 *     a name of the zoo; null for the bundled network, which reads digits and capitals
 * @param shared whether all executors see the file under the same path, so that none is brought
 * @param architecture of the zoo that the file's weights are for; null where its tensors tell
 * @param preprocess as {@link Preprocess#parse} reads it; null where the model tells
 * @param labels as {@link Labels#toText} writes them; null where the model tells
 * @param device as {@code --device} of the commands takes it; null for the standard one of each
 *     executor
 * @param batch pictures that run at once
 * @param embedding the value whose numbers are wanted in place of labels; null for labels
 */
public record ClassifyOptions(
    @Nullable String model,
    boolean shared,
    @Nullable String architecture,
    @Nullable String preprocess,
    @Nullable String labels,
    @Nullable String device,
    int batch,
    @Nullable String embedding)
    implements Serializable {
  private static final int BATCH = 8;

  /** Checks what can be checked without the model. */
  public ClassifyOptions {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch holds at least 1 picture, not " + batch);
    }
    if (preprocess != null) {
      Preprocess.parse(preprocess);
    }
  }

  /** The bundled network, by batches of 8. */
  public static ClassifyOptions bundled() {
    return new ClassifyOptions(null, false, null, null, null, null, BATCH, null);
  }

  /** A model's file or name, by batches of 8, brought to every executor. */
  public static ClassifyOptions of(String model) {
    return bundled().withModel(model);
  }

  ClassifyOptions withModel(String other) {
    return new ClassifyOptions(
        other, shared, architecture, preprocess, labels, device, batch, embedding);
  }

  /** Has every executor read the model by the path that the driver reads it by. */
  public ClassifyOptions withSharedPath() {
    return new ClassifyOptions(
        model, true, architecture, preprocess, labels, device, batch, embedding);
  }

  /** Reads the file as weights of a network of the zoo. */
  public ClassifyOptions withArchitecture(String name) {
    return new ClassifyOptions(model, shared, name, preprocess, labels, device, batch, embedding);
  }

  /** Prepares pictures in another way than the model tells: {@code torch}, {@code caffe}, … */
  public ClassifyOptions withPreprocess(String text) {
    return new ClassifyOptions(model, shared, architecture, text, labels, device, batch, embedding);
  }

  /** Names the classes by a file on the driver, a line each. */
  public ClassifyOptions withLabels(Path file) throws IOException {
    String text = Labels.read(file).toText();
    return new ClassifyOptions(
        model, shared, architecture, preprocess, text, device, batch, embedding);
  }

  /** Runs on a device: {@code cpu}, {@code opencl}, an id, or part of a name. */
  public ClassifyOptions withDevice(String name) {
    return new ClassifyOptions(
        model, shared, architecture, preprocess, labels, name, batch, embedding);
  }

  /** Runs so many pictures at once. */
  public ClassifyOptions withBatch(int pictures) {
    return new ClassifyOptions(
        model, shared, architecture, preprocess, labels, device, pictures, embedding);
  }

  /** Gives the numbers of a value of the model, such as the features before its last layer. */
  public ClassifyOptions withEmbedding(String value) {
    return new ClassifyOptions(
        model, shared, architecture, preprocess, labels, device, batch, value);
  }
}
