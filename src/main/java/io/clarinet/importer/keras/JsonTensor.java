package io.clarinet.importer.keras;

import io.clarinet.op.Transpose;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Constants that a model's JSON writes as numbers and lists of these. */
final class JsonTensor {
  private static final int MOST_AXES = 8;

  private final List<Float> elements = new ArrayList<>();

  private JsonTensor() {}

  /** The constant, of as many axes as its lists are deep. */
  static Tensor of(Object json) {
    List<Integer> extents = new ArrayList<>();
    Object at = json;
    while (at instanceof List<?> list && !list.isEmpty() && extents.size() < MOST_AXES) {
      extents.add(list.size());
      at = list.get(0);
    }
    JsonTensor tensor = new JsonTensor();
    tensor.read(json, extents, 0);
    float[] values = new float[tensor.elements.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.elements.get(i);
    }
    return Tensor.of(Shape.of(extents.stream().mapToInt(i -> i).toArray()), values);
  }

  private void read(Object json, List<Integer> extents, int axis) {
    if (axis < extents.size()) {
      if (!(json instanceof List<?> list) || list.size() != extents.get(axis)) {
        throw new IllegalArgumentException("a constant's lists are of unequal length");
      }
      list.forEach(each -> read(each, extents, axis + 1));
    } else if (json instanceof Number number) {
      elements.add(number.floatValue());
    } else if (json instanceof Boolean flag) {
      elements.add(flag ? 1f : 0f);
    } else {
      throw new UnsupportedOperationException("a constant that is no number");
    }
  }

  /** The constant in the form of a value, with whose last axes its own go together. */
  static Tensor beside(Value like, Object json) {
    return beside(like, of(json));
  }

  /** As {@link #beside(Value, Object)}, of a weight, made when it is asked for. */
  static Constant beside(Value like, Constant weight) {
    Tensor shaped = beside(like, Tensor.zeros(weight.shape()));
    return new Deferred(weight.type(), shaped.shape(), () -> beside(like, weight.tensor()));
  }

  private static Tensor beside(Value like, Tensor constant) {
    int rank = constant.shape().rank();
    if (!like.moved() || rank == 0) {
      return constant;
    }
    if (rank > like.rank()) {
      throw new UnsupportedOperationException("a constant of more axes than the value beside it");
    }
    int[] dims = new int[like.rank()];
    Arrays.fill(dims, 1);
    for (int axis = 0; axis < rank; axis++) {
      dims[like.rank() - rank + axis] = constant.shape().dim(axis);
    }
    List<Integer> order =
        IntStream.range(0, like.rank())
            .map(i -> i == 0 ? 0 : i == 1 ? like.rank() - 1 : i - 1)
            .boxed()
            .toList();
    Tensor full = constant.reshaped(Shape.of(dims));
    return new Transpose(order).evaluate(List.of(full)).get(0);
  }
}
