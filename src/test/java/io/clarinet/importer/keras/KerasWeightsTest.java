package io.clarinet.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.hdf5.Hdf5File;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Weights;
import io.clarinet.zoo.Zoo;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWeightsTest {
  @TempDir private Path folder;

  @Test
  void layersThatKerasCountedAreCountedFromOne() {
    float[][][][] kernel = new float[1][1][2][3];
    StateDictionary read =
        read(
            new KerasFileWriter()
                .weight("conv2d_100", "conv2d_100/kernel", kernel)
                .weight("conv2d_99", "conv2d_99/kernel", new float[1][1][3][2])
                .weight("batch_normalization", "batch_normalization/beta", new float[2])
                .weight("normalization_7", "mean", new float[3])
                .weight("normalization_7", "variance", new float[3])
                .weight("normalization_7", "count", new int[] {5}));
    assertThat(read.tensors().keySet())
        .containsExactlyInAnyOrder(
            "conv2d_2.weight",
            "conv2d_1.weight",
            "batch_normalization_1.bias",
            "normalization_1.mean",
            "normalization_1.variance");
    assertThat(read.tensors().get("conv2d_2.weight").shape()).isEqualTo(Shape.of(3, 2, 1, 1));
  }

  @Test
  void aNetworkThatIsALayerGivesItsOwnLayersWeights() {
    StateDictionary read =
        read(
            new KerasFileWriter()
                .weight("stem", "stem_conv/kernel", new float[4][4][3][8])
                .weight("stem", "stem_conv/bias", new float[8])
                .weight("stem", "stem_norm/gamma", new float[8])
                .weight("stem", "stem_norm/beta", new float[8])
                .weight("scale", "Variable", new float[8]));
    assertThat(read.tensors().keySet())
        .containsExactlyInAnyOrder(
            "stem_conv.weight",
            "stem_conv.bias",
            "stem_norm.weight",
            "stem_norm.bias",
            "scale.weight");
  }

  @Test
  void aSeparableConvolutionHasTwoKernels() {
    StateDictionary read =
        read(
            new KerasFileWriter()
                .weight("sep", "sep/depthwise_kernel", new float[3][3][4][1])
                .weight("sep", "sep/pointwise_kernel", new float[1][1][4][6]));
    assertThat(read.tensors().get("sep.weight").shape()).isEqualTo(Shape.of(4, 1, 3, 3));
    assertThat(read.tensors().get("sep.pointwise.weight").shape()).isEqualTo(Shape.of(6, 4, 1, 1));
  }

  /** Layers named {@code Conv/BatchNorm} lie in groups within groups. */
  @Test
  void olderNamesOfMobileNetFillIt() {
    Architecture older =
        Zoo.find("keras_mobilenetv3small:7").orElseThrow().spellings().stream()
            .skip(1)
            .findFirst()
            .orElseThrow();
    KerasFileWriter writer = new KerasFileWriter();
    Graph wanted = older.graph(recording(writer));
    Path file = folder.resolve("weights.h5");
    writer.write(file, null);
    Graph graph = KerasFile.read(file, ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", "keras_mobilenetv3small:7");
    for (String name : new String[] {"Conv/BatchNorm.running_var", "Logits.weight"}) {
      assertThat(graph.constants().get(name).tensor().toFloatArray())
          .isEqualTo(wanted.constants().get(name).tensor().toFloatArray());
    }
  }

  private static Weights recording(KerasFileWriter writer) {
    SeededWeights seeded = new SeededWeights(5);
    return new Weights() {
      @Override
      public Constant get(String name, Shape shape, Init init) {
        Constant value = seeded.get(name, shape, init);
        String layer = name.substring(0, name.lastIndexOf('.'));
        String role = name.substring(layer.length() + 1);
        boolean depthwise = shape.rank() == 4 && layer.endsWith("depthwise");
        String keras = depthwise ? "depthwise_kernel" : role(role, shape.rank() == 1);
        Object stored = KerasWeightsOfZoo.stored(value.tensor());
        writer.weight(layer, layer + "/" + keras, depthwise ? depthwise(stored) : stored);
        return value;
      }

      @Override
      public boolean areTrained() {
        return true;
      }
    };
  }

  private static String role(String role, boolean norm) {
    return Map.of(
            "weight", norm ? "gamma" : "kernel",
            "bias", "bias",
            "running_mean", "moving_mean",
            "running_var", "moving_variance")
        .get(role);
  }

  /** [h, w, 1, c] as [h, w, c, 1]. */
  private static Object depthwise(Object kernel) {
    float[][][][] from = (float[][][][]) kernel;
    float[][][][] to = new float[from.length][from[0].length][from[0][0][0].length][1];
    for (int h = 0; h < from.length; h++) {
      for (int w = 0; w < from[0].length; w++) {
        for (int c = 0; c < to[0][0].length; c++) {
          to[h][w][c][0] = from[h][w][0][c];
        }
      }
    }
    return to;
  }

  private StateDictionary read(KerasFileWriter writer) {
    Path file = folder.resolve("weights.h5");
    writer.write(file, null);
    return KerasWeights.read(file, SavedNetwork.of(Hdf5File.open(file)), ImportOptions.DEFAULT);
  }
}
