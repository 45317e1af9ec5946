package io.clarinet.importer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The preprocessing that the {@code preprocessor_config.json} of Hugging Face's transformers
 * describes, as text. Its processors differ in what {@code size} means: ConvNeXt's and those with
 * {@code crop_pct} crop what is enlarged by it, ViT's stretch, others crop what {@code crop_size}
 * says.
 */
final class PictureConfig {
  /** From this side on ConvNeXt's processor stretches. */
  private static final int LARGE = 384;

  /** Pillow's number for it. */
  private static final String BICUBIC = "3";

  private static final double USUAL_SHARE = 224 / 256.0;
  private static final float WHITE = 255;
  private static final int CHANNELS = 3;

  private final Map<String, List<String>> values;

  private PictureConfig(Map<String, List<String>> values) {
    this.values = values;
  }

  /** The text; empty where the values say no size, or are no numbers. */
  static Optional<String> preprocess(Map<String, List<String>> values) {
    try {
      return new PictureConfig(values).text();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<String> text() {
    Integer side = number("size", "size.shortest_edge", "size.height");
    if (side == null) {
      return Optional.empty();
    }
    float white = rescaled();
    return Optional.of(
        String.join(
            ",",
            "none",
            geometry(side),
            "range=1",
            "mean=" + levels("image_mean", 0, white),
            "std=" + levels("image_std", 1, white),
            "interpolation=" + (one("resample").equals(BICUBIC) ? "bicubic" : "bilinear")));
  }

  private String geometry(int side) {
    Integer crop = number("crop_size", "crop_size.height", "crop_size.shortest_edge");
    String type = one("image_processor_type") + one("feature_extractor_type");
    if (values.containsKey("crop_pct") || type.toLowerCase(Locale.ROOT).contains("convnext")) {
      return ofShare(side);
    }
    boolean stretched = !values.containsKey("size.shortest_edge");
    if (crop != null && !isOff("do_center_crop") && crop <= side) {
      return "resize=" + side + ",crop=" + crop;
    }
    return "resize=" + (stretched ? "exact" : side) + ",crop=" + side;
  }

  private String ofShare(int side) {
    String share = one("crop_pct");
    double kept = share.isEmpty() ? USUAL_SHARE : Double.parseDouble(share);
    String resize = side >= LARGE ? "exact" : String.valueOf((int) (side / kept));
    return "resize=" + resize + ",crop=" + side;
  }

  /** The value of white before the mean is subtracted. */
  private float rescaled() {
    String factor = one("rescale_factor");
    if (isOff("do_rescale")) {
      return WHITE;
    }
    return factor.isEmpty() ? 1 : Math.round(Float.parseFloat(factor) * WHITE * 1e4f) / 1e4f;
  }

  /** The values of the channels where white is 1. */
  private String levels(String key, float unset, float white) {
    List<String> found = values.getOrDefault(key, List.of());
    boolean used = !isOff("do_normalize") && found.size() == CHANNELS;
    return (used ? found.stream().map(Float::parseFloat) : Stream.of(unset))
        .map(value -> String.valueOf(value / white))
        .collect(Collectors.joining(","));
  }

  private boolean isOff(String key) {
    return one(key).equals("false");
  }

  private String one(String key) {
    List<String> found = values.getOrDefault(key, List.of());
    return found.size() == 1 ? found.get(0) : "";
  }

  private @Nullable Integer number(String... keys) {
    for (String key : keys) {
      if (!one(key).isEmpty()) {
        return Integer.valueOf(one(key));
      }
    }
    return null;
  }
}
