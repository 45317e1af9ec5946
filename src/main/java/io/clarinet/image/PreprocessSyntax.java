package io.clarinet.image;

import io.clarinet.file.NearNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one-line form of {@link Preprocess}: a preset's name, then {@code key=value} overrides. */
final class PreprocessSyntax {
  private static final Map<String, Preprocess> PRESETS = new LinkedHashMap<>();

  static {
    PRESETS.put("torch", Preprocess.TORCH);
    PRESETS.put("caffe", Preprocess.CAFFE);
    PRESETS.put("keras-caffe", Preprocess.KERAS_CAFFE);
    PRESETS.put("tf", Preprocess.TF);
    PRESETS.put("none", Preprocess.NONE);
  }

  private static final List<String> KEYS =
      List.of("resize", "crop", "order", "range", "mean", "std", "interpolation");

  private PreprocessSyntax() {}

  static Preprocess parse(String text) {
    String[] parts = text.trim().split("\\s*,\\s*", -1);
    boolean named = !parts[0].contains("=");
    Preprocess preset = named ? PRESETS.get(parts[0].toLowerCase(Locale.ROOT)) : Preprocess.NONE;
    if (preset == null) {
      throw wrong(
          text,
          "no preset is called \"" + parts[0] + "\"" + NearNames.text(parts[0], PRESETS.keySet()));
    }
    Map<String, String> overrides = overrides(text, Arrays.asList(parts), named ? 1 : 0);
    try {
      return override(preset, overrides);
    } catch (IllegalArgumentException e) {
      throw wrong(text, e.getMessage());
    }
  }

  /** Splits {@code key=value}; a part without a key goes on with the list of the key before it. */
  private static Map<String, String> overrides(String text, List<String> parts, int from) {
    Map<String, String> overrides = new LinkedHashMap<>();
    String key = "";
    for (String part : parts.subList(from, parts.size())) {
      int equals = part.indexOf('=');
      if (equals < 0 && overrides.containsKey(key)) {
        overrides.merge(key, part, (a, b) -> a + "," + b);
        continue;
      }
      key = part.substring(0, Math.max(0, equals)).trim().toLowerCase(Locale.ROOT);
      if (!KEYS.contains(key)) {
        throw wrong(text, "\"" + part + "\" is no setting" + NearNames.text(key, KEYS));
      }
      if (overrides.put(key, part.substring(equals + 1).trim()) != null) {
        throw wrong(text, key + " is given twice");
      }
    }
    return overrides;
  }

  private static Preprocess override(Preprocess preset, Map<String, String> given) {
    ChannelOrder order = order(given.getOrDefault("order", preset.order().name()));
    return new Preprocess(
        resize(given.get("resize"), preset.resize()),
        (int) number("crop", given.getOrDefault("crop", "" + preset.crop())),
        order,
        number("range", given.getOrDefault("range", "" + preset.range())),
        values("mean", given.get("mean"), preset.mean(), preset.order(), order),
        values("std", given.get("std"), preset.std(), preset.order(), order),
        interpolation(given.getOrDefault("interpolation", preset.interpolation().name())));
  }

  private static ResizeFilter interpolation(String given) {
    for (ResizeFilter filter : ResizeFilter.values()) {
      if (filter.name().equalsIgnoreCase(given)) {
        return filter;
      }
    }
    throw new IllegalArgumentException(
        "interpolation=" + given + " is neither bilinear nor bicubic");
  }

  private static int resize(@Nullable String given, int preset) {
    if (given == null) {
      return preset;
    }
    return given.equals("exact") ? 0 : (int) number("resize", given);
  }

  private static ChannelOrder order(String given) {
    for (ChannelOrder order : ChannelOrder.values()) {
      if (order.name().equalsIgnoreCase(given)) {
        return order;
      }
    }
    throw new IllegalArgumentException("order=" + given + " is none of rgb, bgr, grey");
  }

  private static List<Float> values(
      String key,
      @Nullable String given,
      List<Float> preset,
      ChannelOrder presetOrder,
      ChannelOrder order) {
    if (given != null) {
      return Arrays.stream(given.split(",")).map(v -> number(key, v)).toList();
    }
    if (order == presetOrder) {
      return preset;
    }
    if (order == ChannelOrder.GREY) {
      return List.of((float) preset.stream().mapToDouble(v -> v).average().orElseThrow());
    }
    List<Float> reversed = new ArrayList<>(preset);
    Collections.reverse(reversed);
    return reversed;
  }

  private static float number(String key, String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + "=" + text + " is no number", e);
    }
  }

  private static IllegalArgumentException wrong(String text, @Nullable String reason) {
    return new IllegalArgumentException(
        "preprocess \"%s\": %s; write a preset (%s), then any of resize=256 or resize=exact, crop=224, order=rgb|bgr|grey, range=1|255, mean=0.5 or mean=0.485,0.456,0.406, std=… likewise, interpolation=bilinear|bicubic, joined by commas"
            .formatted(text, reason, String.join(", ", PRESETS.keySet())));
  }

  static String print(Preprocess p) {
    for (Map.Entry<String, Preprocess> preset : PRESETS.entrySet()) {
      if (preset.getValue().equals(p)) {
        return preset.getKey();
      }
    }
    String filter =
        p.interpolation() == ResizeFilter.BILINEAR
            ? ""
            : ",interpolation=" + p.interpolation().name().toLowerCase(Locale.ROOT);
    return String.join(
        ",",
        "none",
        "resize=" + (p.resize() == 0 ? "exact" : p.resize()),
        "crop=" + p.crop(),
        "order=" + p.order().name().toLowerCase(Locale.ROOT),
        "range=" + (int) p.range(),
        "mean=" + list(p.mean()),
        "std=" + list(p.std()) + filter);
  }

  private static String list(List<Float> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
