package io.clarinet.importer.keras;

import io.clarinet.importer.ImportOptions.Norms;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.BatchStatisticsNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.LayerNorm;
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
final class KerasNormalisations {
  private static final Logger LOG = LoggerFactory.getLogger(KerasNormalisations.class);

  private KerasNormalisations() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("BatchNormalization", KerasNormalisations::batchNorm);
    table.put("LayerNormalization", KerasNormalisations::layerNorm);
    table.put("GroupNormalization", KerasNormalisations::groupNorm);
    table.put("LayerScale", KerasNormalisations::layerScale);
  }

  private static Value batchNorm(KerasLayer layer) {
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

  private static Value normalised(KerasLayer layer, Value x) {
    return layer.to().add(layer.name(), op(layer), x, weights(layer, x.fact().shape().c()));
  }

  /** Exchanges the axis with the second one, and back. */
  private static Value normalisedAlong(KerasLayer layer, Value x, int axis) {
    layer.require(axis > 0, "normalisation along the batch");
    List<Integer> order = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Collections.swap(order, 1, axis);
    Transpose swap = new Transpose(order);
    Value swapped = layer.to().add(layer.name() + "/swapped", swap, x);
    String[] weights = weights(layer, swapped.fact().shape().c());
    Value normal = layer.to().add(layer.name() + "/normal", op(layer), swapped, weights);
    return layer.only(swap, normal);
  }

  private static Op op(KerasLayer layer) {
    float epsilon = (float) layer.config().real("epsilon", 1e-3);
    if (!layer.training() || layer.rules().norms() == Norms.INFERENCE) {
      return new BatchNorm(epsilon, null);
    }
    LOG.warn(
        "{}: layer {} is called with training=True, so it normalises by each batch's own"
            + " statistics; --bn inference makes it use the stored ones",
        layer.rules().file(),
        layer.name());
    return new BatchStatisticsNorm(epsilon, (float) layer.config().real("momentum", 0.99));
  }

  private static String[] weights(KerasLayer layer, int channels) {
    Shape shape = Shape.of(channels);
    return new String[] {
      gamma(layer, shape),
      beta(layer, shape),
      layer.weight("moving_mean", w -> w, "running_mean"),
      layer.weight("moving_variance", w -> w, "running_std", "running_var")
    };
  }

  private static String gamma(KerasLayer layer, Shape shape) {
    return layer.config().flag("scale", true)
        ? layer.weight("gamma", w -> w)
        : layer.constant("gamma", new Splat(ElementType.FLOAT32, shape, 1));
  }

  private static String beta(KerasLayer layer, Shape shape) {
    return layer.config().flag("center", true)
        ? layer.weight("beta", w -> w)
        : layer.constant("beta", new Splat(ElementType.FLOAT32, shape, 0));
  }

  private static Value layerNorm(KerasLayer layer) {
    LayerConfig config = layer.config();
    List<Integer> axes = config.has("axis") ? config.integers("axis") : List.of(-1);
    Value x = layer.to().plain(layer.input());
    layer.require(axes.size() == 1 && x.axis(axes.get(0)) == x.rank() - 1, "axes " + axes);
    Shape shape = Shape.of(x.fact().shape().dim(-1));
    LayerNorm op = new LayerNorm(-1, (float) config.real("epsilon", 1e-3));
    return layer.only(op, x, gamma(layer, shape), beta(layer, shape));
  }

  private static Value groupNorm(KerasLayer layer) {
    LayerConfig config = layer.config();
    Value x = layer.to().moved(layer.input());
    layer.require(x.axis(config.integer("axis", -1)) == 1, "axis " + config.get("axis"));
    int channels = x.fact().shape().c();
    int groups = config.integer("groups", 32);
    GroupNorm op =
        new GroupNorm(groups == -1 ? channels : groups, (float) config.real("epsilon", 1e-3));
    Shape shape = Shape.of(channels);
    return layer.only(op, x, gamma(layer, shape), beta(layer, shape));
  }

  /** ConvNeXt's factor for each channel. */
  private static Value layerScale(KerasLayer layer) {
    Value x = layer.input();
    String gamma = layer.weight("gamma", weight -> JsonTensor.beside(x, weight));
    return layer.only(new Binary(Binary.Kind.MUL, null), x, gamma);
  }
}
