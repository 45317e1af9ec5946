package io.clarinet.classify;

import io.clarinet.image.ChannelOrder;
import io.clarinet.image.Labels;
import io.clarinet.image.Preprocess;
import io.clarinet.image.ResizeFilter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes and the preparation of pictures that a model's metadata declare, under the keys that
 * exporters use. Values that cannot be parsed are ignored with a message.
 */
public final class ModelMetadata {
  private static final Logger LOG = LoggerFactory.getLogger(ModelMetadata.class);
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,9}(\\.\\d{1,20})?([eE]-?\\d{1,2})?");
  private static final Pattern COUNT = Pattern.compile("\\d*");
  private static final List<String> LABELS =
      List.of("labels", "classes", "class_names", "label_names", "names", "id2label");
  private static final List<String> MEAN = List.of("mean", "image_mean", "input_mean");
  private static final List<String> DEVIATION = List.of("std", "image_std", "input_std");
  private static final List<String> SIZE =
      List.of("size", "input_size", "image_size", "crop_size", "imgsz");
  private static final List<String> ORDER =
      List.of("channel_order", "color_order", "color_format", "color_space", "input_format");

  /** Above this, means and deviations are those of samples from 0 to 255. */
  private static final float LARGEST_OF_ONE = 4;

  private final Map<String, String> metadata;

  public ModelMetadata(Map<String, String> metadata) {
    this.metadata = metadata;
  }

  public Optional<Labels> labels() {
    String text = first(LABELS);
    if (text == null || COUNT.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Labels.parse("the model's metadata", text));
    } catch (IOException e) {
      LOG.warn("{}; name the classes with --labels", e.getMessage());
      return Optional.empty();
    }
  }

  Optional<Preprocess> preprocess() {
    try {
      String own = metadata.get("preprocess");
      return own != null ? Optional.of(Preprocess.parse(own)) : assembled();
    } catch (IllegalArgumentException e) {
      LOG.warn("the model's metadata: {}; say it with --preprocess", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Preprocess> assembled() {
    List<Float> mean = numbers(first(MEAN));
    List<Float> deviation = numbers(first(DEVIATION));
    List<Float> size = numbers(first(SIZE));
    if (mean.isEmpty() && deviation.isEmpty() && size.isEmpty()) {
      return Optional.empty();
    }
    int crop = size.isEmpty() ? Preprocess.TORCH.crop() : Math.round(size.get(size.size() - 1));
    boolean plain = isUltralytics() && mean.isEmpty();
    return Optional.of(
        new Preprocess(
            plain ? crop : resize(crop),
            crop,
            order(),
            range(mean, deviation),
            plain ? List.of(0f) : orElse(mean, Preprocess.TORCH.mean()),
            plain ? List.of(1f) : orElse(deviation, Preprocess.TORCH.std()),
            interpolation()));
  }

  /** Ultralytics' networks: samples from 0 to 1; only size and names are declared. */
  private boolean isUltralytics() {
    return metadata.containsKey("imgsz") && metadata.containsKey("names");
  }

  private int resize(int crop) {
    List<Float> share = numbers(metadata.get("crop_pct"));
    List<Float> resize = numbers(metadata.get("resize"));
    if (!resize.isEmpty()) {
      return Math.round(resize.get(0));
    }
    return share.isEmpty()
        ? Math.round(crop * Preprocess.TORCH.resize() / (float) Preprocess.TORCH.crop())
        : (int) Math.floor(crop / Double.parseDouble(share.get(0).toString()));
  }

  private ResizeFilter interpolation() {
    return "bicubic".equals(metadata.get("interpolation"))
        ? ResizeFilter.BICUBIC
        : ResizeFilter.BILINEAR;
  }

  private ChannelOrder order() {
    String order = first(ORDER);
    boolean blueFirst = order != null && order.toLowerCase(Locale.ROOT).contains("bgr");
    return blueFirst ? ChannelOrder.BGR : ChannelOrder.RGB;
  }

  private static float range(List<Float> mean, List<Float> deviation) {
    boolean large =
        mean.stream().anyMatch(v -> v > LARGEST_OF_ONE)
            || deviation.stream().anyMatch(v -> v > LARGEST_OF_ONE);
    return large ? 255 : 1;
  }

  private static List<Float> orElse(List<Float> found, List<Float> usual) {
    return found.isEmpty() ? usual : found;
  }

  private static List<Float> numbers(@Nullable String text) {
    return text == null
        ? List.of()
        : NUMBER
            .matcher(text)
            .results()
            .limit(ChannelOrder.RGB.count() + 1)
            .map(MatchResult::group)
            .map(Float::parseFloat)
            .toList();
  }

  private @Nullable String first(List<String> keys) {
    return keys.stream().map(metadata::get).filter(v -> v != null).findFirst().orElse(null);
  }
}
