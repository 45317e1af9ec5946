package io.clarinet.importer.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keras 1's names of settings in the words of Keras 2. */
final class KerasOne {
  /** Set where a kernel is stored as [out, in, h, w]. */
  static final String CHANNELS_OUTERMOST = "kernel_channels_outermost";

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("nb_filter", "filters"),
          Map.entry("filter_length", "kernel_size"),
          Map.entry("subsample", "strides"),
          Map.entry("subsample_length", "strides"),
          Map.entry("atrous_rate", "dilation_rate"),
          Map.entry("border_mode", "padding"),
          Map.entry("bias", "use_bias"),
          Map.entry("output_dim", "units"),
          Map.entry("pool_length", "pool_size"),
          Map.entry("stride", "strides"),
          Map.entry("length", "size"),
          Map.entry("concat_axis", "axis"));

  private KerasOne() {}

  /** The settings under Keras 2's names; those that already have them stay. */
  static LayerConfig config(String kind, LayerConfig config) {
    Map<String, Object> values = new HashMap<>(config.values());
    SETTINGS.forEach(
        (old, name) -> {
          if (config.has(old) && !config.has(name)) {
            values.put(name, config.values().get(old));
          }
        });
    if (config.has("nb_row") && config.has("nb_col")) {
      values.put(
          "kernel_size", List.of((long) config.integer("nb_row"), (long) config.integer("nb_col")));
    }
    if (config.has("dim_ordering") && !config.text("dim_ordering", "").equals("default")) {
      boolean last = config.text("dim_ordering", "").equals("tf");
      values.put("data_format", last ? "channels_last" : "channels_first");
      values.put(CHANNELS_OUTERMOST, !last);
    }
    if (kind.equals("ZeroPadding2D") && config.get("padding") instanceof List<?> sides) {
      values.put("padding", paired(sides));
    }
    return new LayerConfig(values);
  }

  /** Four paddings (top, bottom, left, right) as two pairs. */
  private static List<?> paired(List<?> sides) {
    return sides.size() != 4
        ? sides
        : List.of(new ArrayList<>(sides.subList(0, 2)), new ArrayList<>(sides.subList(2, 4)));
  }
}
