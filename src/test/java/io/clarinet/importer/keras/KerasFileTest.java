package io.clarinet.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ImportOptions.Norms;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.BatchStatisticsNorm;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Weights;
import io.clarinet.zoo.Zoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerasFileTest {
  @TempDir Path folder;

  private Path written(KerasFileWriter writer, String model) {
    Path file = folder.resolve("model.h5");
    writer.write(file, model);
    return file;
  }

  private static Tensor run(Graph graph, Tensor input) {
    return new ReferenceRunner(graph).run(Map.of("in", input)).get(graph.outputs().get(0));
  }

  private Graph chain(KerasFileWriter writer, String shape, String... layers) {
    String model = KerasFileWriter.chain(shape, layers);
    return ModelFile.read(written(writer, model), Limits.DEFAULT);
  }

  private static KerasFileWriter norm() {
    return new KerasFileWriter()
        .weight("bn", "gamma", new float[] {1, 2})
        .weight("bn", "beta", new float[] {0, 1})
        .weight("bn", "moving_mean", new float[] {5, 5})
        .weight("bn", "moving_variance", new float[] {4, 4});
  }

  @Test
  void aNormCalledAsInTrainingUsesTheBatchUnlessToldOtherwise() {
    String model = KerasFileWriter.chain("[null,2]", "BatchNormalization bn training");
    Path file = written(norm(), model);
    Graph asModelled = ModelFile.read(file, Limits.DEFAULT);
    assertThat(asModelled.nodes().get(0).op()).isInstanceOf(BatchStatisticsNorm.class);
    Tensor output = run(asModelled, Tensor.of(Shape.of(2, 2), 1, 2, 3, 8));
    assertThat(output.toFloatArray())
        .containsExactly(new float[] {-0.9995f, -0.99989f, 0.9995f, 2.99989f}, within(1e-4f));
    Graph stored = ModelFile.read(file, ImportOptions.DEFAULT.with(Norms.INFERENCE));
    assertThat(stored.nodes().get(0).op()).isInstanceOf(BatchNorm.class);
  }

  @ParameterizedTest
  @CsvSource({"uint8, UINT8", "float16, FLOAT16", "float64, FLOAT64", "float32, FLOAT32"})
  void inputsAreOfTheirType(String dtype, ElementType type) {
    Graph graph =
        chain(
            new KerasFileWriter(),
            "[null,2],\"dtype\":\"" + dtype + "\"",
            "Activation a {\"activation\":\"softsign\"}");
    assertThat(graph.input("in").type()).isEqualTo(type);
    Tensor output = run(graph, Tensor.of(Shape.of(1, 2), 3, 0).as(type));
    assertThat(output.toFloatArray()).containsExactly(0.75f, 0);
  }

  @Test
  void layersNamedAsTheImportNamesValuesKeepTheirOwn() {
    KerasFileWriter writer =
        new KerasFileWriter().weight("a", "kernel", new float[][] {{2, -1}, {3, 1}});
    Graph graph =
        chain(
            writer,
            "[null,2]",
            "Activation a/kernel {\"activation\":\"relu\"}",
            "Dense a {\"units\":2,\"use_bias\":false,\"activation\":\"relu\"}",
            "Activation a/linear {\"activation\":\"relu\"}");
    assertThat(graph.outputs()).containsExactly("a/linear");
    Tensor output = run(graph, Tensor.of(Shape.of(1, 2), 1, -5));
    assertThat(output.toFloatArray()).containsExactly(2, 0);
  }

  @Test
  void everyAxisCanBeNormalised() {
    Graph graph = chain(norm(), "[null,3,2,4]", "BatchNormalization bn {\"axis\":2}");
    Tensor input = Tensor.zeros(Shape.of(1, 3, 2, 4));
    Tensor output = run(graph, input);
    assertThat(output.shape()).isEqualTo(input.shape());
    for (int i = 0; i < output.shape().size(); i++) {
      double wanted = i / 4 % 2 == 0 ? -5 / Math.sqrt(4.001) : 1 - 10 / Math.sqrt(4.001);
      assertThat(output.doubleAt(i)).isCloseTo(wanted, within(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ReLU, {\"max_value\":2.0}, 0 0 0.5 2",
    "ReLU, '{\"negative_slope\":0.5,\"threshold\":0.25}', -1.125 -0.225 0.5 3",
    "ReLU, '{\"negative_slope\":0.5,\"threshold\":1.0,\"max_value\":2.0}', -1.5 -0.6 -0.25 2",
    "LeakyReLU, {\"alpha\":0.5}, -1 -0.1 0.5 3",
    "ThresholdedReLU, {\"theta\":0.5}, 0 0 0 3",
    "ELU, {\"alpha\":2.0}, -1.7293294 -0.3625385 0.5 3",
    "Activation, {\"activation\":\"hard_sigmoid\"}, 0.1 0.46 0.6 1",
    "Activation, {\"activation\":\"swish\"}, -0.2384058 -0.0900332 0.3112297 2.8577224"
  })
  void activationsDoWhatKerasDefines(String kind, String config, String wanted) {
    Graph graph = chain(new KerasFileWriter(), "[null,4]", kind + " act " + config);
    float[] output = run(graph, Tensor.of(Shape.of(1, 4), -2, -0.2f, 0.5f, 3)).toFloatArray();
    List<String> expected = Arrays.asList(wanted.split(" "));
    for (int i = 0; i < output.length; i++) {
      assertThat(output[i]).isCloseTo(Float.parseFloat(expected.get(i)), within(1e-5f));
    }
  }

  @Test
  void flatteningGoesPixelByPixelWhereverTheChannelsAre() {
    Tensor pixels = Tensor.of(Shape.of(1, 2, 2, 2), 0, 1, 2, 3, 4, 5, 6, 7);
    String toGraph = "MaxPooling2D pool {\"pool_size\":[1,1]%s}";
    Graph last = chain(new KerasFileWriter(), "[null,2,2,2]", toGraph.formatted(""), "Flatten f");
    assertThat(run(last, pixels).toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    String first = ",\"data_format\":\"channels_first\"";
    Graph planes =
        chain(
            new KerasFileWriter(),
            "[null,2,2,2]",
            toGraph.formatted(first),
            "Flatten f {\"data_format\":\"channels_first\"}");
    assertThat(run(planes, pixels).toFloatArray()).containsExactly(0, 4, 1, 5, 2, 6, 3, 7);
  }

  @ParameterizedTest
  @CsvSource({"LSTM, as a model of their own", "Lambda, ONNX", "MyLayer, ONNX"})
  void anUnsupportedLayerIsNamedWithWhatToDo(String kind, String remedy) {
    String model = KerasFileWriter.chain("[null,4]", "Dropout d", kind + " strange");
    Path file = written(new KerasFileWriter().weight("x", "w", new float[1]), model);
    assertThatThrownBy(() -> ModelFile.read(file, Limits.DEFAULT))
        .isInstanceOfSatisfying(
            ModelFormatException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
              assertThat(e.operators()).containsExactly(kind);
              assertThat(e).hasMessageContaining("\"strange\"").hasMessageContaining(remedy);
            });
  }

  @Test
  void weightsBeyondTheLimitAreRefused() {
    String model = KerasFileWriter.chain("[null,4]", "Dense d {\"units\":3}");
    KerasFileWriter writer =
        new KerasFileWriter()
            .weight("d", "kernel", new float[4][3])
            .weight("d", "bias", new float[3]);
    Path file = written(writer, model);
    assertThatThrownBy(() -> ModelFile.read(file, new Limits(59)))
        .isInstanceOfSatisfying(
            ModelFormatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MEMORY));
    assertThat(ModelFile.read(file, new Limits(60)).nodes()).hasSize(1);
  }

  /** Every weight of an architecture, as Keras would write it. */
  private static KerasFileWriter weightsOf(String architecture) {
    KerasFileWriter writer = new KerasFileWriter();
    SeededWeights seeded = new SeededWeights(7);
    Weights recorder =
        new Weights() {
          @Override
          public Constant get(String name, Shape shape, Init init) {
            Constant value = seeded.get(name, shape, init);
            int dot = name.lastIndexOf('.');
            writer.weight(
                name.substring(0, dot),
                role(name, dot, shape),
                KerasWeightsOfZoo.stored(value.tensor()));
            return value;
          }

          @Override
          public boolean areTrained() {
            return true;
          }
        };
    Zoo.find(architecture).orElseThrow().graph(recorder);
    return writer;
  }

  private static String role(String name, int dot, Shape shape) {
    return switch (name.substring(dot + 1)) {
      case "weight" -> shape.rank() == 1 ? "gamma" : "kernel";
      case "bias" -> "bias";
      case "running_mean" -> "moving_mean";
      default -> "moving_variance";
    };
  }

  @Test
  void weightsAloneFillANetworkOfTheZoo() {
    Path file = written(weightsOf("cifar_resnet20"), null);
    Graph inferred = ModelFile.read(file, Limits.DEFAULT);
    assertThat(inferred.name()).isEqualTo("cifar_resnet20");
    KerasWeightsOfZoo.requireSame(inferred, "cifar_resnet20");
    assertThatThrownBy(
            () -> ModelFile.read(file, ImportOptions.DEFAULT.withArchitecture("resnet18")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("missing")
        .hasMessageContaining("cifar_resnet20");
  }

  @Test
  void theFirstDenseLayerOfVggReadsItsImageChannelByChannel() {
    VggNames vgg = VggNames.of(List.of("block1_conv1", "block1_pool", "block5_conv3", "fc1"));
    assertThat(vgg.renamed("block5_conv3")).isEqualTo("features.3");
    assertThat(vgg.renamed("fc1")).isEqualTo("classifier.0");
    assertThat(vgg.pixels("fc1", Shape.of(25088, 4096))).isEqualTo(49);
    assertThat(vgg.pixels("block5_conv3", Shape.of(25088, 4096))).isEqualTo(1);
    Tensor pixelByPixel = Tensor.of(Shape.of(4, 1), 0, 1, 10, 11);
    assertThat(KernelOrder.reversed(pixelByPixel, 2, 2, Shape.of(1, 4)).tensor().toFloatArray())
        .containsExactly(0, 10, 1, 11);
  }

  /** A model in a model in a model; TensorFlow counts the making of each as its first call. */
  @Test
  void modelsWithinModels() {
    String inner = KerasFileWriter.chain("[null,2]", "Dense d {\"units\":1}");
    String middle = KerasFileWriter.around("inner", inner, "mid", 1);
    String outer = KerasFileWriter.around("middle", middle, "in", 1);
    KerasFileWriter writer =
        new KerasFileWriter()
            .weight("middle", "d/kernel", new float[][] {{2}, {3}})
            .weight("middle", "d/bias", new float[] {1});
    Graph graph = ModelFile.read(written(writer, outer), Limits.DEFAULT);
    assertThat(run(graph, Tensor.of(Shape.of(1, 2), 10, 100)).toFloatArray()).containsExactly(321);
  }

  @ParameterizedTest
  @CsvSource({"2.2.4, false", "2.2.4-tf, true", "2.3.1, true", "2.13.1, true", "3.3.3, true"})
  void versionsAreComparedByTheirNumbers(String version, boolean centres) {
    KerasRules rules = new KerasRules(version, folder, Norms.MODEL);
    assertThat(rules.alignsPixelCentres()).isEqualTo(centres);
  }
}
