package io.clarinet.importer;

import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Zoo;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Networks of the zoo by the names that other libraries have for them. */
final class ArchitectureNames {
  private static final Map<String, String> TIMM =
      Map.of(
          "mobilenetv2_100", "mobilenet_v2",
          "swin_tiny_patch4_window7_224", "swin_t",
          "swin_small_patch4_window7_224", "swin_s",
          "swin_base_patch4_window7_224", "swin_b");

  private static final Pattern TIMM_VIT =
      Pattern.compile("vit_(base|large)_patch(16|32)_(\\d{2,4})");
  private static final Pattern TIMM_DEIT =
      Pattern.compile("(deit_(?:tiny|small|base)_(?:distilled_)?patch16)_(\\d{2,4})");

  /** torchvision writes a version's point as an underscore. */
  private static final Pattern VERSION = Pattern.compile("(\\d)_(\\d)");

  private ArchitectureNames() {}

  /** The network of the zoo's name, torchvision's or timm's. */
  static Optional<Architecture> find(String name) {
    return Zoo.find(name)
        .or(() -> Zoo.find(VERSION.matcher(name).replaceAll("$1.$2")))
        .or(() -> Zoo.find(ofTimm(name)));
  }

  private static String ofTimm(String name) {
    Matcher vit = TIMM_VIT.matcher(name);
    if (vit.matches()) {
      return sized("vit_" + vit.group(1).charAt(0) + "_" + vit.group(2), vit.group(3));
    }
    Matcher deit = TIMM_DEIT.matcher(name);
    if (deit.matches()) {
      return sized(deit.group(1) + "_224", deit.group(2));
    }
    return TIMM.getOrDefault(name, name);
  }

  private static String sized(String name, String side) {
    return side.equals("224") ? name : name + ":" + side + "x" + side;
  }
}
