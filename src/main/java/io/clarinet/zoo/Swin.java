package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Concat;
import io.clarinet.op.Window2d;
import java.util.List;

/**
 * Swin transformers (arXiv 2103.14030), named and built as torchvision's: attention within windows,
 * which every other block shifts, over ever fewer and wider tokens.
 *
 * @param width channels of the first stage's tokens, doubled by each of the others
 * @param heads of attention in the first stage, likewise doubled
 * @param depths blocks of the four stages
 */
record Swin(String name, int width, int heads, List<Integer> depths) {
  private static final float EPSILON = 1e-5f;
  private static final Window2d PATCH = Window2d.square(4, 4, 0);

  static Architecture architecture(
      String name, String title, int width, int heads, List<Integer> depths) {
    Swin network = new Swin(name, width, heads, depths);
    return new Architecture(
        name, title, List.of(3, 224, 224), 1000, "torch", "arXiv 2103.14030", network::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    TokenLayers layers = new TokenLayers(name, weights, EPSILON);
    String x = layers.convWithBias("features.0.0", layers.input(input), width, PATCH);
    x = layers.transpose("features.0.1", x, 0, 2, 3, 1);
    x = layers.normOverLast("features.0.2", x);
    for (int stage = 0; stage < depths.size(); stage++) {
      if (stage > 0) {
        x = merged(layers, "features." + 2 * stage, x);
      }
      for (int i = 0; i < depths.get(stage); i++) {
        String block = "features." + (2 * stage + 1) + "." + i;
        x = block(layers, block, x, heads << stage, i % 2 == 1);
      }
    }
    x = layers.transpose("permute", layers.normOverLast("norm", x), 0, 3, 1, 2);
    x = layers.flatten("flatten", layers.averageOverPixels("avgpool", x));
    return layers.build(layers.dense("head", x, classes));
  }

  private String block(TokenLayers layers, String name, String x, int ownHeads, boolean shifted) {
    int depth = depths.stream().mapToInt(Integer::intValue).sum();
    Attention attention = new Attention(ownHeads, depth);
    String y = layers.normOverLast(name + ".norm1", x);
    y = new WindowAttention(attention, layers, name + ".attn", layers.shape(x), shifted).apply(y);
    String sum = layers.sum(name + ".add1", x, y);
    y = attention.perceptron(layers, name + ".mlp", layers.normOverLast(name + ".norm2", sum));
    return layers.sum(name + ".add2", sum, y);
  }

  /** Four neighbours become one token of twice the channels. */
  private static String merged(TokenLayers layers, String name, String x) {
    int height = layers.shape(x).dim(1);
    int columns = layers.shape(x).dim(2);
    int channels = layers.shape(x).dim(3);
    String even = layers.padded(name + ".padded", x, height % 2, columns % 2);
    String[] parts = new String[4];
    for (int i = 0; i < 4; i++) {
      String rows = layers.slice(name + ".rows" + i, even, 1, i % 2, Integer.MAX_VALUE, 2);
      parts[i] = layers.slice(name + ".part" + i, rows, 2, i / 2, Integer.MAX_VALUE, 2);
    }
    String together = layers.apply(name + ".together", new Concat(3), parts);
    String normed = layers.normOverLast(name + ".norm", together);
    return layers.linearWithoutBias(name + ".reduction", normed, 2 * channels);
  }
}
