package io.clarinet.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Weights;
import io.clarinet.zoo.Zoo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The seeded weights of a network of the zoo, as Keras 3 would number them. */
final class KerasWeightsOfZoo {
  private static final Map<String, String> KINDS =
      Map.of("conv2d", "Conv2D", "dense", "Dense", "batch_normalization", "BatchNormalization");

  private KerasWeightsOfZoo() {}

  /** Adds all weights; gives the layers that have them, unconnected. */
  static KerasThree write(String architecture, KerasArchiveWriter writer) {
    Map<String, List<Object>> layers = new LinkedHashMap<>();
    SeededWeights seeded = new SeededWeights(7);
    Weights recorder =
        new Weights() {
          @Override
          public Constant get(String name, Shape shape, Init init) {
            Constant value = seeded.get(name, shape, init);
            String layer = name.substring(0, name.lastIndexOf('.'));
            layers.computeIfAbsent(layer, l -> new ArrayList<>()).add(stored(value.tensor()));
            return value;
          }

          @Override
          public boolean areTrained() {
            return true;
          }
        };
    Zoo.find(architecture).orElseThrow().graph(recorder);
    Map<String, Integer> counts = new HashMap<>();
    KerasThree network = new KerasThree("net").input("in", "[null,32,32,3]");
    layers.forEach(
        (layer, values) -> {
          String kind =
              values.get(0) instanceof float[][][][]
                  ? "conv2d"
                  : values.get(0) instanceof float[][] ? "dense" : "batch_normalization";
          int number = counts.merge(kind, 1, Integer::sum) - 1;
          String folder = "layers/" + kind + (number == 0 ? "" : "_" + number);
          writer.layer(folder, values.toArray()).named(folder, layer);
          network.layer(KINDS.get(kind), layer, "\"use_bias\":" + kind.equals("dense"));
        });
    return network;
  }

  static void requireSame(Graph graph, String architecture) {
    Graph wanted = Zoo.find(architecture).orElseThrow().graph(new SeededWeights(7));
    assertThat(graph.constants().keySet()).isEqualTo(wanted.constants().keySet());
    graph
        .constants()
        .forEach(
            (name, value) ->
                assertThat(value.tensor().toFloatArray())
                    .as(name)
                    .isEqualTo(wanted.constants().get(name).tensor().toFloatArray()));
  }

  /** [out, in, h, w] as [h, w, in, out], [out, in] as [in, out]. */
  static Object stored(Tensor tensor) {
    Shape s = tensor.shape();
    if (s.rank() == 1) {
      return tensor.toFloatArray();
    }
    if (s.rank() == 2) {
      float[][] values = new float[s.dim(1)][s.dim(0)];
      for (int i = 0; i < s.size(); i++) {
        values[i % s.dim(1)][i / s.dim(1)] = (float) tensor.doubleAt(i);
      }
      return values;
    }
    float[][][][] values = new float[s.h()][s.w()][s.c()][s.n()];
    for (int i = 0; i < s.size(); i++) {
      int pixel = i % (s.h() * s.w());
      int channel = i / (s.h() * s.w());
      values[pixel / s.w()][pixel % s.w()][channel % s.c()][channel / s.c()] =
          (float) tensor.doubleAt(i);
    }
    return values;
  }
}
