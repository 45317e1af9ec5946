package io.clarinet.zoo;

import static io.clarinet.zoo.AlexNet.Order.NORM_THEN_POOL;
import static io.clarinet.zoo.AlexNet.Order.POOL_THEN_NORM;

import io.clarinet.file.NearNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The architectures that can be named instead of a model file. */
public final class Zoo {
  private static final String GLYPHS =
      "none,resize=exact,crop=32,order=rgb,range=1,mean=0.5,0.5,0.5,std=0.5,0.5,0.5";

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");
  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,6}");

  private static final List<Architecture> ALL =
      Stream.of(
              residualAndOlder(),
              efficient(),
              mobile(),
              dense(),
              convNeXt(),
              inception(),
              transformers())
          .flatMap(List::stream)
          .toList();

  private Zoo() {}

  private static List<Architecture> residualAndOlder() {
    return List.of(
        AlexNet.architecture("alexnet", "AlexNet, as in its paper", NORM_THEN_POOL),
        AlexNet.architecture("caffenet", "CaffeNet: AlexNet, pooling first", POOL_THEN_NORM),
        SingleColumnAlexNet.architecture("alexnet-torchvision", "AlexNet, torchvision's"),
        SqueezeNet.architecture("squeezenet1.1", "SqueezeNet 1.1, torchvision's", true),
        SqueezeNet.architecture("squeezenet1.1-caffe", "SqueezeNet 1.1, its authors'", false),
        GoogLeNet.architecture("googlenet", "GoogLeNet (Inception v1), BVLC's"),
        resNet("resnet18", "ResNet-18", List.of(2, 2, 2, 2), false, false),
        resNet("resnet34", "ResNet-34", List.of(3, 4, 6, 3), false, false),
        resNet("resnet50", "ResNet-50 v1.5", List.of(3, 4, 6, 3), true, false),
        resNet("resnet101", "ResNet-101 v1.5", List.of(3, 4, 23, 3), true, false),
        resNet("resnet152", "ResNet-152 v1.5", List.of(3, 8, 36, 3), true, false),
        ResNet.resNeXt("resnext50_32x4d", "ResNeXt-50 32x4d", List.of(3, 4, 6, 3), 32, 4),
        resNet("resnet50-v1", "ResNet-50 v1", List.of(3, 4, 6, 3), true, true),
        resNet("resnet101-v1", "ResNet-101 v1", List.of(3, 4, 23, 3), true, true),
        resNet("resnet152-v1", "ResNet-152 v1", List.of(3, 8, 36, 3), true, true),
        vgg("vgg16", "VGG-16", List.of(2, 2, 3, 3, 3), false),
        vgg("vgg19", "VGG-19", List.of(2, 2, 4, 4, 4), false),
        vgg("vgg16_bn", "VGG-16 with batch norm", List.of(2, 2, 3, 3, 3), true),
        vgg("vgg19_bn", "VGG-19 with batch norm", List.of(2, 2, 4, 4, 4), true),
        KerasResNet.imageNet("keras_resnet50", "ResNet-50 v1, Keras's"),
        KerasResNet.handSigns("keras_resnet50_signs", "ResNet-50 v1, Keras's, hand signs"),
        cifar(20),
        cifar(32),
        cifar(44),
        cifar(56),
        cifar(110),
        PreActResNet.small(110, false)
            .architecture("preact_resnet110", "Pre-activation ResNet-110 for CIFAR-10"),
        PreActResNet.small(164, true)
            .architecture("preact_resnet164", "Pre-activation ResNet-164 for CIFAR-10"),
        PreActResNet.small(1001, true)
            .architecture("preact_resnet1001", "Pre-activation ResNet-1001 for CIFAR-10"),
        preActivation(50, List.of(3, 4, 6, 3)),
        preActivation(101, List.of(3, 4, 23, 3)),
        preActivation(152, List.of(3, 8, 36, 3)),
        preActivation(200, List.of(3, 24, 36, 3)),
        kerasV2(50, List.of(3, 4, 6, 3)),
        kerasV2(101, List.of(3, 4, 23, 3)),
        kerasV2(152, List.of(3, 8, 36, 3)),
        PreActResNet.small(20, false)
            .with(PreActResNet.Stem.SMALL_SPLIT_AT_ONCE)
            .architecture(
                "preact_resnet20", "Pre-activation ResNet-20, characters", 32, 36, GLYPHS));
  }

  private static List<Architecture> transformers() {
    return List.of(
        VisionTransformer.vit("vit_b_16", "ViT-B/16", 16, 768, 12),
        VisionTransformer.vit("vit_b_32", "ViT-B/32", 32, 768, 12),
        VisionTransformer.vit("vit_l_16", "ViT-L/16", 16, 1024, 24),
        VisionTransformer.vit("vit_l_32", "ViT-L/32", 32, 1024, 24),
        VisionTransformer.deit("tiny", 192, false),
        VisionTransformer.deit("small", 384, false),
        VisionTransformer.deit("base", 768, false),
        VisionTransformer.deit("tiny", 192, true),
        VisionTransformer.deit("small", 384, true),
        VisionTransformer.deit("base", 768, true),
        Swin.architecture("swin_t", "Swin-T", 96, 3, List.of(2, 2, 6, 2)),
        Swin.architecture("swin_s", "Swin-S", 96, 3, List.of(2, 2, 18, 2)),
        Swin.architecture("swin_b", "Swin-B", 128, 4, List.of(2, 2, 18, 2)));
  }

  private static List<Architecture> efficient() {
    return Stream.<Function<EfficientNet.Size, Architecture>>of(
            EfficientNet::torchvision, EfficientNet::timm, EfficientNet::keras)
        .flatMap(library -> EfficientNet.SIZES.stream().map(library))
        .toList();
  }

  private static List<Architecture> mobile() {
    return List.of(
        MobileNetV2.torchvision(),
        MobileNetV3.torchvision(MobileNetV3.Size.SMALL),
        MobileNetV3.torchvision(MobileNetV3.Size.LARGE),
        MobileNetV3.timm(MobileNetV3.Size.SMALL),
        MobileNetV3.timm(MobileNetV3.Size.LARGE),
        MobileNetV3.tensorFlow(MobileNetV3.Size.SMALL),
        MobileNetV3.tensorFlow(MobileNetV3.Size.LARGE),
        ShuffleNet.architecture(
            "shufflenet_v2_x1_0", "ShuffleNet v2, torchvision's", List.of(116, 232, 464)),
        RegNet.architecture(
            "regnet_y_800mf",
            "RegNetY-800MF, torchvision's",
            List.of(
                new RegNet.Stage(64, 1),
                new RegNet.Stage(144, 3),
                new RegNet.Stage(320, 8),
                new RegNet.Stage(784, 2)),
            16),
        KerasMobileNet.architecture("keras_mobilenet", "MobileNet v1, Keras's"),
        MobileNetV2.keras(),
        MobileNetV3.keras(MobileNetV3.Size.SMALL),
        MobileNetV3.keras(MobileNetV3.Size.LARGE));
  }

  private static List<Architecture> dense() {
    return List.of(
        DenseNet.torchvision(121, 64, 32, List.of(6, 12, 24, 16)),
        DenseNet.torchvision(161, 96, 48, List.of(6, 12, 36, 24)),
        DenseNet.torchvision(169, 64, 32, List.of(6, 12, 32, 32)),
        DenseNet.torchvision(201, 64, 32, List.of(6, 12, 48, 32)),
        DenseNet.keras(121, List.of(6, 12, 24, 16)),
        DenseNet.keras(169, List.of(6, 12, 32, 32)),
        DenseNet.keras(201, List.of(6, 12, 48, 32)));
  }

  private static List<Architecture> convNeXt() {
    return Stream.<Function<ConvNeXt.Size, Architecture>>of(ConvNeXt::pyTorch, ConvNeXt::keras)
        .flatMap(library -> ConvNeXt.SIZES.stream().map(library))
        .toList();
  }

  private static List<Architecture> inception() {
    return List.of(
        InceptionV3.ofTorchvision(),
        InceptionV3.ofKeras(),
        Xception.architecture("keras_xception", "Xception, Keras's"),
        NasNet.mobile("keras_nasnetmobile", "NASNet-A mobile, Keras's"),
        NasNet.large("keras_nasnetlarge", "NASNet-A large, Keras's"));
  }

  private static Architecture resNet(
      String name, String title, List<Integer> blocks, boolean bottleneck, boolean strideInFirst) {
    return ResNet.architecture(name, title, blocks, bottleneck, strideInFirst);
  }

  private static Architecture cifar(int depth) {
    return CifarResNet.architecture(
        "cifar_resnet" + depth, "ResNet-" + depth + " for CIFAR-10", (depth - 2) / 6);
  }

  private static Architecture preActivation(int depth, List<Integer> units) {
    return PreActResNet.imageNet(units)
        .architecture("preact_resnet" + depth, "ResNet-" + depth + " v2");
  }

  private static Architecture kerasV2(int depth, List<Integer> blocks) {
    return KerasPreActResNet.architecture(
        "keras_resnet" + depth + "v2", "ResNet-" + depth + " v2, Keras's", blocks);
  }

  private static Architecture vgg(
      String name, String title, List<Integer> convolutions, boolean norms) {
    return Vgg.architecture(name, title, convolutions, norms);
  }

  /** All architectures, in the order in which people look for them. */
  public static List<Architecture> all() {
    return ALL;
  }

  /**
   * The architecture of a name, case ignored. An image size, a number of classes, or both may
   * follow, each after a colon: {@code resnet18:64x64:10}.
   */
  public static Optional<Architecture> find(String name) {
    List<String> words = List.of(name.toLowerCase(Locale.ROOT).split(":", -1));
    Optional<Architecture> found =
        ALL.stream().filter(a -> a.name().equals(words.get(0))).findFirst();
    for (String word : words.subList(1, words.size())) {
      found = found.flatMap(a -> variant(a, word));
    }
    return found;
  }

  /** Why {@link #find} finds nothing: a clause with the names that are near, else with all. */
  public static String missing(String name) {
    String base = name.split(":", 2)[0];
    if (find(base).isPresent()) {
      return base
          + " may be followed by a picture size and a number of classes, as in "
          + base
          + ":64x64:10, and not by \""
          + name.substring(base.length())
          + "\"";
    }
    List<String> names = ALL.stream().map(Architecture::name).toList();
    String near = NearNames.text(base, names);
    return "the zoo has no \"" + base + "\"" + (near.isEmpty() ? ", only " + names : near);
  }

  private static Optional<Architecture> variant(Architecture architecture, String word) {
    Matcher size = SIZE.matcher(word);
    if (size.matches()) {
      int height = Integer.parseInt(size.group(1));
      return Optional.of(architecture.withInput(height, Integer.parseInt(size.group(2))));
    }
    return COUNT.matcher(word).matches()
        ? Optional.of(architecture.withClasses(Integer.parseInt(word)))
        : Optional.empty();
  }
}
