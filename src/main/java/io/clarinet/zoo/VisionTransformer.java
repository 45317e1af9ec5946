package io.clarinet.zoo;

import io.clarinet.graph.Graph;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Expand;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Vision transformers (ViT, arXiv 2010.11929) and data-efficient ones (DeiT, arXiv 2012.12877),
 * built and named as torchvision's; timm's are the same under other names.
 *
 * @param patch pixels of a patch's side
 * @param width channels of a token
 * @param heads of attention, of 64 channels each in all published sizes
 * @param depth transformer blocks
 * @param distilled whether there is a second token with a head of its own, and the mean of both
 *     heads' scores is taken, as DeiT does at inference
 */
record VisionTransformer(
    String name, int patch, int width, int heads, int depth, boolean distilled) {
  private static final float EPSILON = 1e-6f;
  private static final double TOKEN_DEVIATION = 0.5;
  private static final Attention.Maps MAPS = new Attention.Maps("in_proj", "_", "out_proj");

  /** ViT as torchvision has it. */
  static Architecture vit(String name, String title, int patch, int width, int depth) {
    return new VisionTransformer(name, patch, width, width / 64, depth, false)
        .architecture(title, "arXiv 2010.11929");
  }

  /** DeiT of patches of 16 pixels. */
  static Architecture deit(String size, int width, boolean distilled) {
    String name = "deit_" + size + (distilled ? "_distilled" : "") + "_patch16_224";
    String title = "DeiT, " + size + (distilled ? ", distilled" : "");
    return new VisionTransformer(name, 16, width, width / 64, 12, distilled)
        .architecture(title, "arXiv 2012.12877");
  }

  private Architecture architecture(String title, String paper) {
    return new Architecture(name, title, List.of(3, 224, 224), 1000, "torch", paper, this::graph);
  }

  Graph graph(Weights weights, List<Integer> input, int classes) {
    TokenLayers layers = new TokenLayers(name, weights, EPSILON);
    String x = tokens(layers, layers.input(input));
    for (int i = 0; i < depth; i++) {
      x = block(layers, "encoder.layers.encoder_layer_" + i + ".", x);
    }
    return layers.build(scores(layers, x, classes));
  }

  /** Patches as tokens, the learned tokens in front of them, and the positions of all. */
  private String tokens(TokenLayers layers, String picture) {
    Window2d window = Window2d.square(patch, patch, 0);
    String x = layers.convWithBias("conv_proj", picture, width, window);
    x = layers.reshape("patches", x, 0, width, -1);
    x = layers.transpose("patches.tokens", x, 0, 2, 1);
    int patches = layers.shape(x).dim(1);
    String learned = layers.parameter("class_token", TOKEN_DEVIATION, 1, 1, width);
    if (distilled) {
      String second = layers.parameter("dist_token", TOKEN_DEVIATION, 1, 1, width);
      learned = layers.apply("learned_tokens", new Concat(1), learned, second);
    }
    String one = layers.constant("one", Tensor.ofLongs(Shape.of(2), 1, 1));
    String batch = layers.apply("batch", new ShapeOf(0, 1), x);
    String extents = layers.apply("learned_tokens.extents", new Concat(0), batch, one);
    learned = layers.apply("learned_tokens.batch", new Expand(), learned, extents);
    x = layers.apply("tokens", new Concat(1), learned, x);
    int all = patches + learnedTokens();
    String positions = layers.parameter("encoder.pos_embedding", TOKEN_DEVIATION, 1, all, width);
    return layers.apply("tokens.positioned", Binary.ADD, x, positions);
  }

  private int learnedTokens() {
    return distilled ? 2 : 1;
  }

  private String block(TokenLayers layers, String name, String x) {
    Attention attention = new Attention(heads, depth);
    String y = layers.normOverLast(name + "ln_1", x);
    y = attention.apply(layers, name + "self_attention.", MAPS, y, scores -> scores);
    String sum = layers.sum(name + "attention_add", x, y);
    y = attention.perceptron(layers, name + "mlp", layers.normOverLast(name + "ln_2", sum));
    return layers.sum(name + "mlp_add", sum, y);
  }

  /** The learned tokens are all that is read; the normalisation is of each token by itself. */
  private String scores(TokenLayers layers, String x, int classes) {
    x = layers.slice("learned", x, 1, 0, learnedTokens(), 1);
    x = layers.normOverLast("encoder.ln", x);
    if (!distilled) {
      return head(layers, "heads.head", x, 0, classes);
    }
    String first = head(layers, "heads.head", x, 0, classes);
    String second = head(layers, "head_dist", x, 1, classes);
    return layers.scale("scores", layers.sum("scores.sum", first, second), 0.5);
  }

  private String head(TokenLayers layers, String name, String x, int token, int classes) {
    String one = layers.slice(name + ".token", x, 1, token, token + 1, 1);
    return layers.dense(name, layers.flatten(name + ".row", one), classes);
  }
}
