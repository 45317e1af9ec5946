package io.clarinet.zoo;

import io.clarinet.op.Binary;
import io.clarinet.op.MatMul;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;

/**
 * Layers that transformers of pictures share: attention of several heads (arXiv 1706.03762) and the
 * two linear maps behind it.
 *
 * @param heads of attention
 * @param depth attentions of the network; keeps the sum over all untrained branches from growing
 */
record Attention(int heads, int depth) {
  private static final Unary GELU = new Unary(Unary.Kind.GELU, 0, 0);

  /** Adds to the attention scores [n, heads, tokens, tokens], or leaves them as they are. */
  @FunctionalInterface
  interface Bias {
    String added(String scores);
  }

  /**
   * softmax(q · kᵀ / √(head's width)) · v of every head, mapped once more.
   *
   * @param name in front of the two maps' names
   * @param maps names of the map to q, k, v and what joins it to its weights' roles, and of the
   *     last
   * @param x [n, tokens, channels]
   */
  String apply(TokenLayers layers, String name, Maps maps, String x, Bias bias) {
    int tokens = layers.shape(x).dim(1);
    int channels = layers.shape(x).dim(2);
    int width = channels / heads;
    double deviation = Math.sqrt(1.0 / channels);
    String qkv = layers.linear(name + maps.inward(), maps.joint(), x, 3 * channels, deviation);
    qkv = layers.reshape(name + "heads", qkv, 0, tokens, 3, heads, width);
    qkv = layers.transpose(name + "apart", qkv, 2, 0, 3, 1, 4);
    String q =
        layers.scale(name + "scaled", one(layers, name + "q", qkv, 0), Math.pow(width, -0.5));
    String k = layers.transpose(name + "k_columns", one(layers, name + "k", qkv, 1), 0, 1, 3, 2);
    String v = one(layers, name + "v", qkv, 2);
    String scores = bias.added(layers.apply(name + "scores", new MatMul(), q, k));
    String weights = layers.apply(name + "softmax", Softmax.along(-1), scores);
    String sum = layers.apply(name + "context", new MatMul(), weights, v);
    sum = layers.transpose(name + "together", sum, 0, 2, 1, 3);
    sum = layers.reshape(name + "tokens", sum, 0, tokens, channels);
    return layers.linear(name + maps.outward(), ".", sum, channels, deviation * branchScale());
  }

  /** Names of the maps into and out of attention, and between the first and its weights' roles. */
  record Maps(String inward, String joint, String outward) {}

  private static String one(TokenLayers layers, String name, String qkv, int index) {
    String item = layers.slice(name + "_item", qkv, 0, index, index + 1, 1);
    int[] dims = layers.shape(item).dims();
    return layers.reshape(name, item, -1, dims[2], dims[3], dims[4]);
  }

  /** Two linear maps with a GELU between them, four times as wide as the tokens. */
  String perceptron(TokenLayers layers, String name, String x) {
    int channels = layers.shape(x).dim(-1);
    String y = layers.linear(name + ".0", x, 4 * channels);
    y = layers.apply(name + ".1", GELU, y);
    double deviation = Math.sqrt(0.25 / channels) * branchScale();
    return layers.linear(name + ".3", ".", y, channels, deviation);
  }

  String sum(TokenLayers layers, String name, String x, String branch) {
    return layers.apply(name, Binary.ADD, x, branch);
  }

  private double branchScale() {
    return 1 / Math.sqrt(2.0 * depth);
  }
}
