package io.clarinet.importer.keras;

import static io.clarinet.importer.keras.KerasThree.call;
import static io.clarinet.importer.keras.KerasThree.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clarinet.Fresh;
import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.importer.Outline;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of Keras 3. */
class KerasArchiveTest {
  private static final String CONV = "\"filters\":%d,\"kernel_size\":[3,3],\"padding\":\"same\"";

  @TempDir Path folder;
  private final Random random = Fresh.random();

  private Graph read(byte[] archive) throws IOException {
    Path file = Files.write(folder.resolve("model.keras"), archive);
    return ModelFile.read(file, Limits.DEFAULT);
  }

  private static List<Tensor> run(Graph graph, Tensor... inputs) {
    Map<String, Tensor> given = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      given.put(graph.inputs().get(i).name(), inputs[i]);
    }
    Map<String, Tensor> all = new ReferenceRunner(graph).run(given);
    return graph.outputs().stream().map(all::get).toList();
  }

  private float[][][][] kernel(int in, int out) {
    float[][][][] kernel = new float[3][3][in][out];
    for (float[][][] row : kernel) {
      for (float[][] pixel : row) {
        for (float[] channels : pixel) {
          fill(channels);
        }
      }
    }
    return kernel;
  }

  private float[] fill(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.25f + random.nextFloat();
    }
    return values;
  }

  private Tensor picture(int... dims) {
    Tensor picture = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < picture.shape().size(); i++) {
      picture.set(i, random.nextGaussian());
    }
    return picture;
  }

  private static KerasThree convolutions() {
    return new KerasThree("net")
        .input("in", "[null,5,6,2]")
        .layer("Conv2D", "first", CONV.formatted(3) + ",\"use_bias\":false", tensor("in"))
        .layer("BatchNormalization", "norm", "\"axis\":-1,\"scale\":false", tensor("first"))
        .layer("Dropout", "drop", "\"rate\":0.5", tensor("norm"))
        .layer("Conv2D", "second", CONV.formatted(4) + ",\"activation\":\"relu\"", tensor("drop"));
  }

  /** The same network and weights in the older format have the same answer. */
  @ParameterizedTest
  @ValueSource(strings = {"layers/%s", "_layer_checkpoint_dependencies/%s"})
  void weightsAreFoundByClassAndNumber(String path) throws IOException {
    Object first = kernel(2, 3);
    Object[] norm = {fill(new float[3]), fill(new float[3]), fill(new float[3])};
    Object[] second = {kernel(3, 4), fill(new float[4])};
    String number = path.startsWith("layers") ? "conv2d_1" : "conv2d_2"; // every other one there
    KerasArchiveWriter writer =
        new KerasArchiveWriter()
            .layer(path.formatted(number), second)
            .layer(path.formatted("conv2d"), first)
            .layer(path.formatted("batch_normalization"), norm)
            .layer("optimizer", new float[] {7});
    Path legacy = folder.resolve("model.h5");
    new KerasFileWriter()
        .weight("first", "kernel", first)
        .weight("norm", "beta", norm[0])
        .weight("norm", "moving_mean", norm[1])
        .weight("norm", "moving_variance", norm[2])
        .weight("second", "kernel", second[0])
        .weight("second", "bias", second[1])
        .write(
            legacy,
            KerasFileWriter.chain(
                "[null,5,6,2]",
                "Conv2D first {" + CONV.formatted(3) + ",\"use_bias\":false}",
                "BatchNormalization norm {\"axis\":-1,\"scale\":false}",
                "Conv2D second {" + CONV.formatted(4) + ",\"activation\":\"relu\"}"));
    Tensor picture = picture(2, 5, 6, 2);
    String config = convolutions().json("second");
    float[] wanted = run(ModelFile.read(legacy, Limits.DEFAULT), picture).get(0).toFloatArray();
    assertThat(run(read(writer.archive(config)), picture).get(0).toFloatArray()).isEqualTo(wanted);
    byte[] deflated = KerasArchiveWriter.zip(ZipEntry.DEFLATED, writer.entries(config));
    assertThat(run(read(deflated), picture).get(0).toFloatArray()).isEqualTo(wanted);
    Outline outline = ModelFile.outline(folder.resolve("model.keras"), ImportOptions.DEFAULT);
    assertThat(outline.parameters()).isEqualTo(9 * 2 * 3 + 3 * 3 + 9 * 3 * 4 + 4);
    assertThat(outline.origin()).containsEntry("keras", "3.3.3");
    assertThat(outline.operators()).containsEntry("Conv2D", 2);
  }

  /** A model of two outputs, called twice, within another; each call's results are told apart. */
  @Test
  void nestedModelsOfSeveralOutputs() throws IOException {
    KerasThree inner =
        new KerasThree("inner")
            .input("x", "[null,2]")
            .layer("Dense", "dense", "\"units\":2", tensor("x"))
            .layer("ReLU", "positive", "\"max_value\":null", tensor("dense"))
            .output("positive", 0, 0)
            .output("dense", 0, 0);
    String config =
        new KerasThree("outer")
            .input("b", "[null,2]")
            .input("a", "[null,2]")
            .nested(inner, call(tensor("a"), ""), call(tensor("b"), ""))
            .add(
                "keras.layers",
                "Subtract",
                "difference",
                "",
                call("[" + tensor("inner", 1, 0) + "," + tensor("inner", 0, 1) + "]", ""))
            .output("difference", 0, 0)
            .output("inner", 2, 1) // outputs count a model's making as its first call
            .json("");
    KerasArchiveWriter writer =
        new KerasArchiveWriter()
            .layer(
                "layers/functional/layers/dense",
                new float[][] {{1, 0}, {0, 1}},
                new float[] {0, 10});
    Graph graph = read(writer.archive(config));
    assertThat(graph.inputs()).extracting(input -> input.name()).containsExactly("b", "a");
    List<Tensor> outputs =
        run(graph, Tensor.of(Shape.of(1, 2), -3, 4), Tensor.of(Shape.of(1, 2), 5, 6));
    assertThat(outputs.get(0).toFloatArray()).containsExactly(0 - 5, 14 - 16);
    assertThat(outputs.get(1).toFloatArray()).containsExactly(-3, 14);
  }

  /** As in Keras's tutorial, whose first model within another changes nothing in use. */
  @Test
  void sequentialModelsInASequentialModel() throws IOException {
    String config =
        """
        {"module":"keras","class_name":"Sequential","config":{"name":"outer","layers":[
        {"module":"keras.layers","class_name":"InputLayer","config":{"batch_shape":[null,2],
        "dtype":"float32","name":"in"},"registered_name":null},
        {"module":"keras","class_name":"Sequential","registered_name":null,
        "config":{"name":"augmentation","layers":[
        {"module":"keras.layers","class_name":"RandomFlip","config":{"name":"f"}},
        {"module":"keras.layers","class_name":"GaussianNoise","config":{"name":"g"}}]}},
        {"module":"keras","class_name":"Sequential","registered_name":null,
        "config":{"name":"inner","layers":[
        {"module":"keras.layers","class_name":"InputLayer","config":{"batch_shape":[null,2],
        "name":"in_1"},"registered_name":null},
        {"module":"keras.layers","class_name":"Dense","config":{"name":"d","units":1}}]}},
        {"module":"keras.layers","class_name":"Dense","config":{"name":"e","units":1,
        "activation":"linear","use_bias":false}}]}}\
        """;
    KerasArchiveWriter writer =
        new KerasArchiveWriter()
            .layer(
                "layers/sequential_1/layers/dense", new float[][] {{1}, {10}}, new float[] {0.5f})
            .layer("layers/dense", (Object) new float[][] {{2}});
    Tensor output = run(read(writer.archive(config)), Tensor.of(Shape.of(1, 2), 3, 4)).get(0);
    assertThat(output.toFloatArray()).containsExactly(87);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Add | T,3.0 | '' | 2 1 7 3.5",
        "Multiply | 2.0,T | '' | -2 -4 8 1",
        "Subtract | '' | \"x1\":1.0,\"x2\":T | 2 3 -3 0.5",
        "Divide | T,[2.0,4.0] | '' | -0.5 -0.5 2 0.125",
        "Maximum | T,0.0 | '' | 0 0 4 0.5",
        "Relu6 | T | '' | 0 0 4 0.5",
        "Clip | T | '\"x_min\":-1,\"x_max\":1' | -1 -1 1 0.5",
        "Rsqrt | T | '' | NaN NaN 0.5 1.4142135",
        "GetItem | T,[S,R] | '' | -2 -1 0.5 4",
        "GetItem | T,[E,1] | '' | -2 0.5",
        "Negative | T | '' | 1 2 -4 -0.5"
      })
  void operationsInTheirPlaces(String kind, String positional, String named, String wanted)
      throws IOException {
    String slice =
        "{\"class_name\":\"__slice__\",\"config\":{\"start\":null,\"stop\":null,\"step\":%s}}";
    String arguments =
        positional
            .replace("T", tensor("in"))
            .replace("S", slice.formatted("null"))
            .replace("R", slice.formatted("-1"))
            .replace("E", "{\"class_name\":\"__ellipsis__\",\"config\":{}}");
    String calls = call(arguments, named.replace("T", tensor("in")));
    String settings = kind.equals("Clip") ? named : "";
    String config =
        new KerasThree("net")
            .input("in", "[null,2]")
            .add("keras.src.ops.numpy", kind, "operation", settings, calls)
            .json("operation");
    Graph graph = read(new KerasArchiveWriter().layer("layers/x", new float[1]).archive(config));
    float[] output = run(graph, Tensor.of(Shape.of(2, 2), -1, -2, 4, 0.5f)).get(0).toFloatArray();
    String[] expected = wanted.split(" ");
    assertThat(output).hasSize(expected.length);
    for (int i = 0; i < output.length; i++) {
      assertThat(output[i]).isCloseTo(Float.parseFloat(expected[i]), within(1e-6f));
    }
  }

  /** A layer of an operation's name is not it, and has its number among layers only. */
  @Test
  void anOperationHasNoNumberAmongLayers() throws IOException {
    String config =
        new KerasThree("net")
            .input("in", "[null,2]")
            .add("keras.src.ops.numpy", "Dense", "strange", "", call(tensor("in"), ""))
            .layer("Dense", "dense", "\"units\":1", tensor("strange"))
            .json("dense");
    assertThatThrownBy(() -> read(new KerasArchiveWriter().layer("layers/x").archive(config)))
        .isInstanceOfSatisfying(
            ModelFormatException.class,
            e -> assertThat(e.operators()).containsExactly("keras.ops.Dense"));
  }

  /** A class of the user's own is not Keras's, whatever it is called. */
  @Test
  void aRegisteredClassIsTakenAsTheUsersOwn() throws IOException {
    String json =
        new KerasThree("net")
            .input("in", "[null,2]")
            .layer("Dense", "dense", "\"units\":1", tensor("in"))
            .json("dense");
    int at = json.lastIndexOf("\"registered_name\":null,\"build_config\"");
    String config =
        json.substring(0, at)
            + "\"registered_name\":\"mine>Dense\",\"build_config\""
            + json.substring(at + "\"registered_name\":null,\"build_config\"".length());
    assertThatThrownBy(() -> read(new KerasArchiveWriter().layer("layers/x").archive(config)))
        .isInstanceOfSatisfying(
            ModelFormatException.class,
            e -> assertThat(e.operators()).containsExactly("mine>Dense"));
  }

  @Test
  void namedWeightsAloneFillANetworkOfTheZoo() throws IOException {
    Path file = folder.resolve("net.weights.h5");
    KerasArchiveWriter named = new KerasArchiveWriter();
    KerasArchiveWriter unnamed =
        new KerasArchiveWriter().layer("layers/dense", (Object) new float[2][3]);
    KerasThree layers = KerasWeightsOfZoo.write("cifar_resnet20", named);
    Files.write(file, named.weights());
    Graph graph = ModelFile.read(file, Limits.DEFAULT);
    assertThat(graph.name()).isEqualTo("cifar_resnet20");
    KerasWeightsOfZoo.requireSame(graph, "cifar_resnet20");
    Path archive = Files.write(folder.resolve("net.keras"), named.archive(layers.json("in")));
    ImportOptions chosen = ImportOptions.DEFAULT.withArchitecture("cifar_resnet20");
    KerasWeightsOfZoo.requireSame(ModelFile.read(archive, chosen), "cifar_resnet20");
    Path other = Files.write(folder.resolve("other.weights.h5"), unnamed.weights());
    assertThatThrownBy(() -> ModelFile.read(other, Limits.DEFAULT))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("other.weights.h5")
        .hasMessageContaining("save the whole model");
  }

  @Test
  void whatIsMissingIsNamedWithWhatToDo() throws IOException {
    String config = convolutions().json("second");
    byte[] empty = new KerasArchiveWriter().layer("layers/conv2d").archive(config);
    assertThatThrownBy(() -> read(empty))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("model.keras")
        .hasMessageContaining("layer \"first\" (Conv2D)")
        .hasMessageContaining("\"kernel\"");
    Map<String, byte[]> entries = new KerasArchiveWriter().layer("layers/x").entries(config);
    Map<String, byte[]> unfinished = new LinkedHashMap<>(entries);
    unfinished.remove("config.json");
    assertThatThrownBy(() -> read(KerasArchiveWriter.zip(ZipEntry.STORED, unfinished)))
        .hasMessageContaining("has no config.json")
        .hasMessageContaining("model.save(\"model.keras\")");
    Map<String, byte[]> numpy = new LinkedHashMap<>(entries);
    numpy.put("model.weights.npz", numpy.remove("model.weights.h5"));
    assertThatThrownBy(() -> read(KerasArchiveWriter.zip(ZipEntry.STORED, numpy)))
        .isInstanceOfSatisfying(
            ModelFormatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED));
  }

  @Test
  void weightsWithinAnArchiveCountAgainstTheLimit() throws IOException {
    KerasArchiveWriter writer =
        new KerasArchiveWriter().layer("layers/dense", new float[4][3], new float[3]);
    String config =
        new KerasThree("net")
            .input("in", "[null,4]")
            .layer("Dense", "d", "\"units\":3", tensor("in"))
            .json("d");
    Path file = Files.write(folder.resolve("model.keras"), writer.archive(config));
    assertThatThrownBy(() -> ModelFile.read(file, new Limits(59)))
        .isInstanceOfSatisfying(
            ModelFormatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MEMORY));
    assertThat(ModelFile.read(file, new Limits(60)).nodes()).hasSize(1);
  }
}
