package io.clarinet.importer.keras;

import io.clarinet.op.BatchNorm;
import io.clarinet.op.BatchStatisticsNorm;
import io.clarinet.op.Op;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Normalisations. */
final class Normalizations {
  private static final Logger LOG = LoggerFactory.getLogger(Normalizations.class);

  private Normalizations() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("BatchNormalization", Normalizations::batchNorm);
  }

  private static Value batchNorm(Layer layer) {
    LayerConfig config = layer.config();
    layer.require(config.integer("mode", 0) == 0, "mode " + config.get("mode"));
    List<Integer> axes = config.has("axis") ? config.integers("axis") : List.of(-1);
    layer.require(axes.size() == 1, "several axes " + axes);
    Value x = layer.input();
    int axis = x.axis(axes.get(0));
    if (axis != 1 && x.rank() > 2 && layer.to().plain(x).axis(axes.get(0)) != 1) {
      x = layer.to().moved(x);
    } else if (axis != 1) {
      x = layer.to().plain(x);
    }
    axis = x.axis(axes.get(0));
    return axis == 1 ? normalised(layer, x) : normalisedAlong(layer, x, axis);
  }

  private static Value normalised(Layer layer, Value x) {
    return layer.to().add(layer.name(), op(layer), x, weights(layer, x.fact().shape().c()));
  }

  /** Exchanges the axis with the second one, and back. */
  private static Value normalisedAlong(Layer layer, Value x, int axis) {
    layer.require(axis > 0, "normalisation along the batch");
    List<Integer> order = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Collections.swap(order, 1, axis);
    Transpose swap = new Transpose(order);
    Value swapped = layer.to().add(layer.name() + "/swapped", swap, x);
    String[] weights = weights(layer, swapped.fact().shape().c());
    Value normal = layer.to().add(layer.name() + "/normal", op(layer), swapped, weights);
    return layer.only(swap, normal);
  }

  private static Op op(Layer layer) {
    float epsilon = (float) layer.config().real("epsilon", 1e-3);
    if (!layer.training()) {
      return new BatchNorm(epsilon, null);
    }
    LOG.warn(
        "{} is called with training=True: it normalises by each batch's own statistics, so that"
            + " answers depend on what else is in the batch",
        layer.name());
    return new BatchStatisticsNorm(epsilon, (float) layer.config().real("momentum", 0.99));
  }

  private static String[] weights(Layer layer, int channels) {
    LayerConfig config = layer.config();
    Shape shape = Shape.of(channels);
    return new String[] {
      config.flag("scale", true)
          ? layer.weight("gamma", w -> w)
          : layer.constant("gamma", new Splat(ElementType.FLOAT32, shape, 1)),
      config.flag("center", true)
          ? layer.weight("beta", w -> w)
          : layer.constant("beta", new Splat(ElementType.FLOAT32, shape, 0)),
      layer.weight("moving_mean", w -> w, "running_mean"),
      layer.weight("moving_variance", w -> w, "running_std", "running_var")
    };
  }
}
