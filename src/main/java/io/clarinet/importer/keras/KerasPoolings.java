package io.clarinet.importer.keras;

import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pool2d;
import io.clarinet.op.PoolNd;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Poolings; an average never counts padding. */
final class KerasPoolings {
  private KerasPoolings() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put(
        "MaxPooling2D", layer -> layer.only(Pool2d.max(KerasWindows.ofPool(layer)), layer.image()));
    table.put(
        "AveragePooling2D",
        layer -> layer.only(Pool2d.average(KerasWindows.ofPool(layer)), layer.image()));
    table.put("MaxPooling1D", layer -> oneAxis(layer, PoolNd.Kind.MAX));
    table.put("AveragePooling1D", layer -> oneAxis(layer, PoolNd.Kind.AVERAGE));
    for (String axes : List.of("1D", "2D")) {
      table.put("GlobalMaxPooling" + axes, layer -> global(layer, GlobalPool2d.MAX));
      table.put("GlobalAveragePooling" + axes, layer -> global(layer, GlobalPool2d.AVERAGE));
    }
  }

  private static Value oneAxis(KerasLayer layer, PoolNd.Kind kind) {
    LayerConfig config = layer.config();
    int[] kernel = config.perAxis("pool_size", 1, 2);
    int stride = config.perAxis("strides", 1, kernel[0])[0];
    WindowNd window =
        new WindowNd(
            List.of(kernel[0]),
            List.of(stride),
            List.of(1),
            KerasWindows.rule(config.text("padding", "valid")),
            List.of(0, 0));
    return layer.only(
        new PoolNd(kind, window, false, false, 0, PoolNd.Indices.NONE), layer.image());
  }

  private static Value global(KerasLayer layer, GlobalPool2d op) {
    Value x = layer.image();
    if (layer.config().flag("keepdims", false)) {
      return layer.only(op, x);
    }
    Value pooled = layer.to().add(layer.name() + "/pooled", op, x);
    Shape shape = pooled.fact().shape();
    return layer
        .to()
        .add(layer.name(), KerasTranslation.reshape(1, shape.c()), false, List.of(pooled.name()));
  }
}
