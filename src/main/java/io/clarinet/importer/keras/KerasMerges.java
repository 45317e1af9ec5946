package io.clarinet.importer.keras;

import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Layers that join several values. */
final class KerasMerges {
  private KerasMerges() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("Add", layer -> chained(layer, Binary.Kind.ADD));
    table.put("Subtract", layer -> chained(layer, Binary.Kind.SUB));
    table.put("Multiply", layer -> chained(layer, Binary.Kind.MUL));
    table.put("Maximum", layer -> chained(layer, Binary.Kind.MAX));
    table.put("Minimum", layer -> chained(layer, Binary.Kind.MIN));
    table.put("Average", KerasMerges::average);
    table.put("Concatenate", KerasMerges::concatenate);
    table.put("CustomScaleLayer", KerasMerges::scaledSum);
  }

  private static Value chained(KerasLayer layer, Binary.Kind kind) {
    return chained(layer, kind, layer.name());
  }

  private static Value chained(KerasLayer layer, Binary.Kind kind, String name) {
    List<Value> inputs = alike(layer);
    layer.require(kind != Binary.Kind.SUB || inputs.size() == 2, "more than two inputs");
    Value result = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      String step = i == inputs.size() - 1 ? name : name + "/" + i;
      result = layer.to().add(step, new Binary(kind, null), result, inputs.get(i).name());
    }
    return result;
  }

  private static Value average(KerasLayer layer) {
    Value sum = chained(layer, Binary.Kind.ADD, layer.name() + "/sum");
    float part = 1f / layer.inputs().size();
    String factor = layer.constant("part", Tensor.of(Shape.of(), part));
    return layer.only(new Binary(Binary.Kind.MUL, null), sum, factor);
  }

  /** Inception-ResNet's sum of one value and a part of another. */
  private static Value scaledSum(KerasLayer layer) {
    List<Value> inputs = alike(layer);
    if (inputs.size() != 2) {
      throw new IllegalArgumentException("it has " + inputs.size() + " inputs instead of two");
    }
    float part = (float) layer.config().real("scale", 1);
    String scale = layer.constant("scale", Tensor.of(Shape.of(), part));
    Value scaled =
        layer
            .to()
            .add(layer.name() + "/scaled", new Binary(Binary.Kind.MUL, null), inputs.get(1), scale);
    return layer.only(Binary.ADD, inputs.get(0), scaled.name());
  }

  private static Value concatenate(KerasLayer layer) {
    List<Value> inputs = alike(layer);
    int axis = inputs.get(0).axis(layer.config().integer("axis", -1));
    List<String> names = inputs.stream().map(Value::name).toList();
    return layer.to().add(layer.name(), new Concat(axis), inputs.get(0).moved(), names);
  }

  /** The inputs with equal rank, all with their channels second, or none of them. */
  private static List<Value> alike(KerasLayer layer) {
    if (layer.inputs().isEmpty()) {
      throw new IllegalArgumentException("it has no inputs");
    }
    int rank = layer.inputs().stream().mapToInt(Value::rank).max().orElse(0);
    boolean moved = layer.inputs().stream().anyMatch(Value::moved);
    List<Value> alike = new ArrayList<>();
    for (Value input : layer.inputs()) {
      Value full = input.rank() == rank ? input : unsqueezed(layer, input, rank);
      alike.add(moved ? layer.to().moved(full) : full);
    }
    return alike;
  }

  /** Keras inserts the missing axes behind the batch. */
  private static Value unsqueezed(KerasLayer layer, Value input, int rank) {
    Value plain = layer.to().plain(input);
    List<Integer> axes = IntStream.rangeClosed(1, rank - plain.rank()).boxed().toList();
    Reshape op = new Reshape(new Reshape.Rule.Unsqueeze(axes));
    return layer.to().add(layer.name() + "/" + input.name(), op, plain);
  }
}
