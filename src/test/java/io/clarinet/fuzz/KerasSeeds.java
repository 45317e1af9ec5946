package io.clarinet.fuzz;

import static io.clarinet.importer.keras.KerasThree.tensor;

import io.clarinet.importer.keras.KerasArchiveWriter;
import io.clarinet.importer.keras.KerasThree;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Small HDF5 files of Keras models: written here, and where the shared ones lie beside the project,
 * the smallest of those, as Keras itself writes older structures of the format.
 */
final class KerasSeeds {
  private static final Path SHARED = Path.of("../shared/data/keras/dl4j");
  private static final int SMALL = 24_000;

  private KerasSeeds() {}

  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    Path file = Files.createTempFile("seed", ".h5");
    for (String config :
        List.of(
            "{\"padding\":\"same\",\"activation\":\"relu\"}",
            "{\"data_format\":\"channels_first\",\"strides\":[2,2],\"use_bias\":false}")) {
      write(file, config);
      seeds.put("sequential" + seeds.size(), Files.readAllBytes(file));
    }
    Files.delete(file);
    if (Files.isDirectory(SHARED)) {
      addShared(seeds);
    }
    return seeds;
  }

  /** Archives of Keras 3: a model within a model, operations, stored and deflated. */
  static Map<String, byte[]> archives() throws IOException {
    String config =
        new KerasThree("net")
            .input("i", "[null,4,4,2]")
            .layer("Conv2D", "c", "\"filters\":2,\"kernel_size\":[3,3]", tensor("i"))
            .layer("Normalization", "n", "\"axis\":[3]", tensor("c"))
            .operation("Add", "a", tensor("n") + ",[1.0,2.0]")
            .operation("GetItem", "g", tensor("a") + ",[{\"class_name\":\"__ellipsis__\"},0]")
            .layer("Flatten", "f", "", tensor("g"))
            .nested(inner(), "{\"args\":[" + tensor("f") + "],\"kwargs\":{}}")
            .json("inner");
    KerasArchiveWriter writer =
        new KerasArchiveWriter()
            .layer("layers/conv2d", new float[3][3][2][2], new float[2])
            .layer("layers/normalization", new float[2], new float[] {1, 1})
            .layer("layers/functional/layers/dense", new float[4][3], new float[3]);
    return Map.of(
        "stored", writer.archive(config),
        "deflated", KerasArchiveWriter.zip(ZipEntry.DEFLATED, writer.entries(config)));
  }

  private static KerasThree inner() {
    return new KerasThree("inner")
        .input("x", "[null,4]")
        .layer("Dense", "d", "\"units\":3", tensor("x"))
        .output("d", 0, 0);
  }

  private static void addShared(Map<String, byte[]> seeds) throws IOException {
    try (Stream<Path> files = Files.list(SHARED)) {
      for (Path each : files.sorted().toList()) {
        if (each.toString().endsWith(".h5") && Files.size(each) <= SMALL) {
          seeds.put(each.getFileName().toString(), Files.readAllBytes(each));
        }
      }
    }
  }

  private static void write(Path file, String convolution) {
    try (WritableHdfFile root = HdfFile.write(file)) {
      root.putAttribute("model_config", model(convolution));
      root.putAttribute("keras_version", "2.4.0");
      WritableGroup weights = root.putGroup("model_weights");
      weights.putAttribute("layer_names", new String[] {"c", "d"});
      WritableGroup c = weights.putGroup("c");
      c.putAttribute("weight_names", new String[] {"kernel:0", "bias:0"});
      c.putDataset("kernel:0", new float[3][3][2][2]);
      c.putDataset("bias:0", new float[2]);
      WritableGroup d = weights.putGroup("d");
      d.putAttribute("weight_names", new String[] {"kernel:0", "bias:0"});
      d.putDataset("kernel:0", new float[2][3]);
      d.putDataset("bias:0", new float[3]);
    }
  }

  private static String model(String convolution) {
    return """
    {"class_name":"Sequential","config":{"name":"m","layers":[
    {"class_name":"InputLayer","config":{"name":"i","batch_input_shape":[null,4,4,2]}},
    {"class_name":"Conv2D","config":{"name":"c","filters":2,"kernel_size":[3,3],%s},
    {"class_name":"LeakyReLU","config":{"name":"l","alpha":0.3}},
    {"class_name":"MaxPooling2D","config":{"name":"p","pool_size":[2,2]}},
    {"class_name":"GlobalAveragePooling2D","config":{"name":"g"}},
    {"class_name":"Dense","config":{"name":"d","units":3,"activation":"softmax"}}]}}
    """
        .formatted(convolution.substring(1));
  }
}
