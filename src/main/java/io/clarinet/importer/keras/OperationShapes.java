package io.clarinet.importer.keras;

import io.clarinet.importer.keras.KerasOperations.OperationTranslator;
import io.clarinet.op.Concat;
import io.clarinet.op.MatMul;
import io.clarinet.op.Pad;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operations that cut, join and reshape. */
final class OperationShapes {
  private OperationShapes() {}

  static void register(Map<String, OperationTranslator> table) {
    table.put("reshape", OperationShapes::reshape);
    table.put("transpose", OperationShapes::transpose);
    table.put("squeeze", OperationShapes::squeeze);
    table.put("expand_dims", OperationShapes::expand);
    table.put("concatenate", OperationShapes::concatenate);
    table.put("get_item", OperationShapes::slice);
    table.put("matmul", OperationShapes::product);
    table.put("pad", OperationShapes::pad);
  }

  /** All axes of the model's value. */
  static List<Integer> axes(Value x) {
    return IntStream.range(0, x.rank()).boxed().toList();
  }

  /** Whether what is left without these axes of the model has the same order in the graph. */
  static boolean leavesOrder(Value x, List<Integer> without) {
    List<Integer> gone = without.stream().map(x.fact().shape()::axis).toList();
    List<Integer> left =
        axes(x).stream().filter(axis -> !gone.contains(axis)).map(x::axis).toList();
    return left.equals(left.stream().sorted().toList());
  }

  private static Value plain(KerasLayer layer, Operation operation) {
    return layer.to().plain(KerasOperations.value(operation));
  }

  private static Value reshape(KerasLayer layer, Operation operation) {
    Value x = plain(layer, operation);
    List<Integer> target = operation.integers(1, "newshape", "shape");
    if (target == null) {
      throw new IllegalArgumentException("it does not say its shape");
    }
    Shape shape = x.fact().shape();
    long item = shape.size() / Math.max(1, shape.dim(0));
    boolean batch = target.size() > 1 && target.get(0) == -1 && product(target) == item;
    List<Long> extents = new ArrayList<>(target.stream().map(Integer::longValue).toList());
    if (batch) {
      extents.set(0, 0L);
    }
    return layer.only(new Reshape(new Reshape.Rule.To(extents, false)), x);
  }

  /** The extents behind the first, multiplied. */
  private static long product(List<Integer> target) {
    return LongStream.range(1, target.size())
        .map(i -> target.get((int) i))
        .reduce(1, (a, b) -> Math.multiplyExact(a, b));
  }

  private static Value transpose(KerasLayer layer, Operation operation) {
    Value x = plain(layer, operation);
    List<Integer> order = operation.integers(1, "axes", "perm");
    List<Integer> reversed =
        IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).boxed().toList();
    return layer.only(new Transpose(order == null ? reversed : order), x);
  }

  private static Value squeeze(KerasLayer layer, Operation operation) {
    Value x = plain(layer, operation);
    List<Integer> axes = operation.integers(1, "axis");
    if (axes == null) {
      throw new UnsupportedOperationException("a squeeze of axes that it does not name");
    }
    return layer.only(new Reshape(new Reshape.Rule.Squeeze(axes)), x);
  }

  private static Value expand(KerasLayer layer, Operation operation) {
    List<Integer> axes = operation.integers(1, "axis");
    if (axes == null) {
      throw new IllegalArgumentException("it does not say its axis");
    }
    return layer.only(new Reshape(new Reshape.Rule.Unsqueeze(axes)), plain(layer, operation));
  }

  private static Value concatenate(KerasLayer layer, Operation operation) {
    List<Object> parts = new ArrayList<>();
    List<Object> arguments = layer.arguments().positional();
    if (operation.first() instanceof List<?> list) {
      parts.addAll(list);
    } else {
      parts.addAll(arguments);
    }
    List<Value> values = new ArrayList<>();
    for (Object part : parts) {
      if (!(part instanceof Value value)) {
        throw new UnsupportedOperationException("a constant among the joined");
      }
      values.add(value);
    }
    boolean moved = values.stream().allMatch(value -> value.rank() > 2);
    List<Value> alike =
        values.stream().map(v -> moved ? layer.to().moved(v) : layer.to().plain(v)).toList();
    boolean listed = operation.first() instanceof List<?>;
    int axis = operation.integer(-1, listed ? 1 : Integer.MAX_VALUE, "axis");
    Concat op = new Concat(alike.get(0).axis(axis));
    return layer
        .to()
        .add(layer.name(), op, alike.get(0).moved(), alike.stream().map(Value::name).toList());
  }

  private static Value product(KerasLayer layer, Operation operation) {
    if (!(operation.second() instanceof Value second)) {
      throw new UnsupportedOperationException("a product with a constant");
    }
    boolean turned =
        operation.flag(false, 2, "transpose_a", "adj_x")
            || operation.flag(false, 3, "transpose_b", "adj_y");
    layer.require(!turned, "a product of turned matrices");
    return layer.only(new MatMul(), plain(layer, operation), layer.to().plain(second).name());
  }

  private static Value pad(KerasLayer layer, Operation operation) {
    Value x = plain(layer, operation);
    Object given = operation.setting(1, "paddings", "pad_width");
    if (!(given instanceof List<?> sides) || sides.size() != x.rank()) {
      throw new UnsupportedOperationException("padding " + given);
    }
    Object mode = operation.setting(2, "mode");
    layer.require(
        mode == null || String.valueOf(mode).equalsIgnoreCase("constant"), "padding mode " + mode);
    int[][] around = new LayerConfig(Map.of("paddings", given)).aroundAxes("paddings", x.rank(), 0);
    List<Integer> pads = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      for (int[] each : around) {
        pads.add(each[side]);
      }
    }
    float value = (float) operation.real(0, 3, "constant_values");
    return layer.only(new Pad(Pad.Mode.CONSTANT, pads, value), x);
  }

  /** Ranges, single indices, whose axes go, new axes, and an ellipsis for all others. */
  private static Value slice(KerasLayer layer, Operation operation) {
    Value x = plain(layer, operation);
    Object given = operation.setting(1, "slice_spec", "key");
    List<?> items =
        given instanceof List<?> list ? list : given == null ? List.of() : List.of(given);
    Subscript indices = Subscript.of(items, x.rank());
    Value cut = x;
    if (!indices.ranges().isEmpty()) {
      boolean last = indices.dropped().isEmpty() && indices.added().isEmpty();
      String name = last ? layer.name() : layer.name() + "/slice";
      cut = layer.to().add(name, new Slice(indices.ranges()), x);
    }
    if (!indices.dropped().isEmpty()) {
      String name = indices.added().isEmpty() ? layer.name() : layer.name() + "/squeeze";
      cut = layer.to().add(name, new Reshape(new Reshape.Rule.Squeeze(indices.dropped())), cut);
    }
    return indices.added().isEmpty()
        ? cut
        : layer.only(new Reshape(new Reshape.Rule.Unsqueeze(indices.added())), cut);
  }
}
