package io.clarinet.classify;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.image.Preprocess;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Lrn;
import io.clarinet.op.Op;
import io.clarinet.op.Softmax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A family of published networks, known by the names that its files keep of layers and weights, or
 * by the layers themselves, and how its pictures were prepared: Caffe's model zoo, Keras's
 * applications (keras/applications, the {@code mode} of each network's preprocess_input),
 * torchvision and timm.
 *
 * @param title its common name
 * @param preprocess in the syntax of {@link Preprocess#parse}
 * @param names patterns of which each is found in some name
 */
record Lineage(String title, String preprocess, List<Pattern> names) {
  /** Number of names read: those of the first layers suffice. */
  private static final int MOST_NAMES = 4000;

  private static final String VGG_MEAN = ",mean=103.939,116.779,123.68";
  private static final String SLIM = "none,resize=256,mean=123.68,116.78,103.94";
  private static final String SCALED = "caffe,mean=103.94,116.78,123.68,std=58.82";

  /** The first that fits is taken; of two that share names, the narrower stands first. */
  private static final List<Lineage> ALL =
      List.of(
          of("Caffe's GoogLeNet", "caffe", "^conv1/7x7_s2", "^inception_3a/"),
          of("Caffe's SqueezeNet", "caffe", "^fire2[/_.]squeeze1x1"),
          of("Caffe's VGG", "caffe" + VGG_MEAN, "^conv1_1", "^conv5_1", "^(fc6|fc8)"),
          of("Caffe's DenseNet", SCALED, "^conv2_1/x1"),
          of("Caffe's MobileNet", SCALED, "^conv2_1/dw", "^conv5_6/sep"),
          of("Keras's VGG", "keras-caffe", "block1_conv1\\b", "block5_conv3\\b"),
          of("Keras's Xception", "tf", "block1_conv1\\b", "block2_sepconv1"),
          of("Keras's ResNet v2", "tf", "conv2_block1_preact_bn"),
          of("Keras's DenseNet", "torch,resize=exact", "conv2_block1_1_conv", "pool2_(bn|conv)"),
          of("Keras's ResNet", "keras-caffe", "conv2_block1_1_conv", "conv2_block1_3_conv"),
          of("Keras's ResNet-50", "keras-caffe", "^res2a_branch2a/kernel"),
          of("Caffe's ResNet", "caffe" + VGG_MEAN, "^res2a_branch2a"),
          of("Keras's MobileNet", "tf", "conv_dw_1\\b", "conv_pw_13\\b"),
          of("Keras's MobileNet v2", "tf", "block_1_expand\\b", "Conv_1\\b"),
          of("Keras's Inception v3", "tf", "mixed0\\b", "mixed10\\b"),
          of("Keras's Inception-ResNet v2", "tf", "block35_1_", "conv_7b"),
          of("Keras's NASNet", "tf", "\\bstem_conv1\\b", "normal_conv_1_"),
          of("EfficientNet in Keras", "torch,resize=exact", "block1a_dwconv"),
          of("torchvision's or timm's ResNet", "torch", "\\blayer1\\.0[./]conv1", "\\blayer4\\."),
          of(
              "torchvision's VGG, AlexNet, DenseNet and others",
              "torch",
              "\\bfeatures\\.(conv)?0[./]",
              "\\bclassifier\\b"),
          of("torchvision's GoogLeNet", "torch", "\\binception3a[./]"),
          of("torchvision's Inception v3", "torch", "\\bMixed_5b[./]"),
          of("torchvision's ViT", "torch", "\\bencoder_layer_0\\b", "\\bconv_proj\\b"),
          of("torchvision's ShuffleNet v2", "torch", "\\bstage2\\.0[./]branch2"),
          of("torchvision's RegNet", "torch", "\\btrunk_output[./]"),
          of(
              "one of MXNet's Gluon networks",
              "torch",
              "^(resnetv|vgg|mobilenet|squeezenet|densenet|alexnet|inception)\\w*?_(conv|stage|features_conv)\\d"),
          of(
              "an Inception or MobileNet of TF-Slim",
              "tf",
              "^(MobilenetV[12]|InceptionV[1-4]|InceptionResnetV2)/"),
          of("a ResNet or VGG of TF-Slim", SLIM, "^(resnet_v1_\\d+|vgg_1[69])/"),
          of("EfficientNet-Lite", "none,resize=256,mean=127,std=128", "^efficientnet-lite"),
          of("timm's EfficientNet and others", "torch", "\\bconv_stem\\b", "\\bblocks\\.0"),
          of("timm's ConvNeXt and others", "torch", "\\bstages\\.0[./]blocks"));

  /**
   * Networks with local response normalisation, all of Caffe's time, whatever a file calls their
   * layers.
   */
  private static final Lineage NORMALISED =
      of("an AlexNet, GoogLeNet or ZFNet of Caffe's", "caffe");

  /** torchvision's and MXNet's end without a softmax. */
  private static final Lineage FIRES = of("a SqueezeNet of Caffe's, by its softmax", "caffe");

  private static Lineage of(String title, String preprocess, String... names) {
    return new Lineage(title, preprocess, Stream.of(names).map(Pattern::compile).toList());
  }

  /** The family of a graph, if it is one of the known. */
  static Optional<Lineage> of(Graph graph) {
    List<String> names =
        Stream.concat(
                graph.constants().keySet().stream().limit(MOST_NAMES),
                graph.nodes().stream().map(Node::name).limit(MOST_NAMES))
            .toList();
    return ALL.stream()
        .filter(lineage -> lineage.fits(names))
        .findFirst()
        .or(() -> ofStructure(graph));
  }

  /** The family of a graph by its layers, whatever their names. */
  private static Optional<Lineage> ofStructure(Graph graph) {
    if (count(graph, Lrn.class) > 0) {
      return Optional.of(NORMALISED);
    }
    boolean fires = count(graph, Concat.class) == 8 && count(graph, Conv2d.class) == 26;
    boolean alone = count(graph, BatchNorm.class) + count(graph, Dense.class) == 0;
    return fires && alone && count(graph, Softmax.class) == 1
        ? Optional.of(FIRES)
        : Optional.empty();
  }

  private static long count(Graph graph, Class<? extends Op> kind) {
    return graph.nodes().stream().filter(node -> kind.isInstance(node.op())).count();
  }

  private boolean fits(List<String> all) {
    return names.stream().allMatch(p -> all.stream().anyMatch(name -> p.matcher(name).find()));
  }
}
