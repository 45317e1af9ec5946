package io.clarinet.importer.onnx;

import io.clarinet.op.Binary;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.op.Trilu;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums of products along labelled axes, as matrix products: operands are joined pair by pair from
 * the left, axes that nothing more reads are summed as early as can be. No extent has to be known.
 */
final class OnnxEinsum {
  /** The label of a row or column that there is not. */
  private static final int NONE = 0;

  /** In a shape: the extent that the input has there. */
  private static final long COPIED = 0;

  private final OnnxTranslation to;

  private OnnxEinsum(OnnxTranslation to) {
    this.to = to;
  }

  static void register(OnnxOperators table) {
    table.reads("Einsum", (node, to) -> new OnnxEinsum(to).read(node));
  }

  /** A value and the labels of its axes. */
  private record Operand(String value, List<Integer> labels) {
    boolean has(int label) {
      return labels.contains(label);
    }

    List<Integer> those(List<Integer> others, boolean shared) {
      return labels.stream().filter(label -> others.contains(label) == shared).toList();
    }
  }

  /**
   * The labels of a product of matrices.
   *
   * @param outer of both operands and of the result
   * @param rows of the left one alone
   * @param columns of the right one alone
   * @param depth of both, summed
   */
  private record Axes(
      List<Integer> outer, List<Integer> rows, List<Integer> columns, List<Integer> depth) {
    Axes with(List<Integer> otherColumns) {
      return new Axes(outer, rows, otherColumns, depth);
    }
  }

  private void read(OnnxNode node) {
    List<String> inputs = node.allInputs();
    List<Integer> ranks = inputs.stream().map(to::rank).toList();
    EinsumEquation equation = EinsumEquation.of(node.text("equation", ""), ranks);
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      operands.add(diagonal(new Operand(inputs.get(i), equation.operands().get(i))));
    }
    Operand product = operands.get(0);
    for (int i = 1; i < operands.size(); i++) {
      Stream<Integer> later = operands.stream().skip(i + 1).flatMap(o -> o.labels().stream());
      List<Integer> kept = Stream.concat(equation.result().stream(), later).toList();
      product = joined(product, operands.get(i), kept);
    }
    Operand sum = summed(product, equation.result());
    List<Integer> order = equation.result().stream().map(sum.labels()::indexOf).toList();
    to.result(node, isInOrder(order) ? Reshape.IDENTITY : new Transpose(order), sum.value());
  }

  private static boolean isInOrder(List<Integer> axes) {
    return IntStream.range(0, axes.size()).allMatch(i -> axes.get(i) == i);
  }

  /** Takes the diagonal wherever a label stands twice: what is left of both triangles, summed. */
  private Operand diagonal(Operand x) {
    for (int label : x.labels()) {
      int first = x.labels().indexOf(label);
      int last = x.labels().lastIndexOf(label);
      if (first < last) {
        requireEqual(x, first, last);
        List<Integer> axes =
            new ArrayList<>(IntStream.range(0, x.labels().size()).boxed().toList());
        axes.remove(last);
        axes.remove(first);
        List<Integer> labels = new ArrayList<>(axes.stream().map(x.labels()::get).toList());
        labels.add(label);
        axes.addAll(List.of(first, last));
        String matrices = isInOrder(axes) ? x.value() : to.value(new Transpose(axes), x.value());
        String triangle = to.value(new Trilu(true), matrices);
        String diagonal = to.value(new Trilu(false), triangle);
        return diagonal(new Operand(to.value(sum(List.of(-1)), diagonal), labels));
      }
    }
    return x;
  }

  private void requireEqual(Operand x, int first, int second) {
    Fact fact = to.fact(x.value());
    if (fact != null && fact.shape().dim(first) != fact.shape().dim(second)) {
      throw new IllegalArgumentException(
          "axes " + first + " and " + second + " of " + fact.shape() + " have one label");
    }
  }

  private static Reduce sum(List<Integer> axes) {
    return new Reduce(Reduce.Kind.SUM, axes, false, true);
  }

  /** Sums the axes that are not kept. */
  private Operand summed(Operand x, List<Integer> kept) {
    List<Integer> gone = x.those(kept, false);
    if (gone.isEmpty()) {
      return x;
    }
    List<Integer> axes = gone.stream().map(x.labels()::indexOf).toList();
    return new Operand(to.value(sum(axes), x.value()), x.those(kept, true));
  }

  /** The product of two, summed along the axes that both have and nothing more reads. */
  private Operand joined(Operand left, Operand right, List<Integer> kept) {
    Operand a = summed(left, Stream.concat(kept.stream(), right.labels().stream()).toList());
    Operand b = summed(right, Stream.concat(kept.stream(), left.labels().stream()).toList());
    List<Integer> both = a.those(b.labels(), true);
    List<Integer> depth = both.stream().filter(label -> !kept.contains(label)).toList();
    List<Integer> outer = both.stream().filter(kept::contains).toList();
    List<Integer> rows = a.those(b.labels(), false);
    List<Integer> columns = b.those(a.labels(), false);
    if (depth.isEmpty()) {
      List<Integer> all = joined(outer, rows, columns);
      String x = spread(a, withoutLeading(all, a));
      String y = spread(b, withoutLeading(all, b));
      return new Operand(to.value(new Binary(Binary.Kind.MUL, null), x, y), all);
    }
    Axes axes = new Axes(outer, rows, columns, depth);
    List<Integer> extents = extents(b, columns);
    return columns.size() > 1 && extents != null
        ? productOfOne(a, b, axes, columns, extents)
        : product(a, b, axes);
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static List<Integer> joined(
      List<Integer> first, List<Integer> second, List<Integer> third) {
    return joined(joined(first, second), third);
  }

  private @Nullable List<Integer> extents(Operand x, List<Integer> labels) {
    Fact fact = to.fact(x.value());
    return fact == null
        ? null
        : labels.stream().map(label -> fact.shape().dim(x.labels().indexOf(label))).toList();
  }

  /** The matrix product whose columns are one while it is made. */
  private Operand productOfOne(
      Operand a, Operand b, Axes axes, List<Integer> columns, List<Integer> extents) {
    int one = columns.get(0);
    List<Integer> others = joined(axes.outer(), axes.depth());
    String flat = flat(spread(b, joined(others, columns)), others.size());
    Operand y =
        product(a, new Operand(flat, joined(others, List.of(one))), axes.with(List.of(one)));
    List<Integer> before = allButLast(y.labels());
    List<Long> shape = new ArrayList<>(Collections.nCopies(before.size(), COPIED));
    extents.forEach(extent -> shape.add((long) extent));
    String apart = to.value(new Reshape(new Reshape.Rule.To(shape, false)), y.value());
    return new Operand(apart, joined(before, columns));
  }

  /** Of rows and columns all but the innermost are axes outside of the matrices. */
  private Operand product(Operand a, Operand b, Axes axes) {
    List<Integer> around =
        joined(axes.outer(), allButLast(axes.rows()), allButLast(axes.columns()));
    List<Integer> row = last(axes.rows());
    List<Integer> column = last(axes.columns());
    List<Integer> depth = axes.depth();
    List<Integer> aroundA = withoutLeading(around, a);
    List<Integer> aroundB = withoutLeading(around, b);
    String left = spread(a, joined(aroundA, row, depth));
    String right;
    if (depth.size() == 1) {
      right = spread(b, joined(aroundB, depth, column));
    } else {
      left = flat(left, aroundA.size() + 1);
      right = turned(flat(spread(b, joined(aroundB, column, depth)), aroundB.size() + 1), aroundB);
    }
    String y = to.value(OnnxProducts.product(left, right, to), left, right);
    return withoutNone(new Operand(y, joined(around, row, column)));
  }

  private static List<Integer> allButLast(List<Integer> labels) {
    return labels.subList(0, Math.max(0, labels.size() - 1));
  }

  private static List<Integer> last(List<Integer> labels) {
    return labels.isEmpty() ? List.of(NONE) : labels.subList(labels.size() - 1, labels.size());
  }

  /** Broadcasting fills in what is missing in front. */
  private static List<Integer> withoutLeading(List<Integer> labels, Operand x) {
    return labels.stream().dropWhile(label -> !x.has(label)).toList();
  }

  /** A value with its axes in an order of labels, of extent 1 where it has no such label. */
  private String spread(Operand x, List<Integer> order) {
    List<Integer> own = order.stream().filter(x::has).map(x.labels()::indexOf).toList();
    List<Integer> added =
        IntStream.range(0, order.size()).filter(i -> !x.has(order.get(i))).boxed().toList();
    String y = isInOrder(own) ? x.value() : to.value(new Transpose(own), x.value());
    return added.isEmpty() ? y : to.value(new Reshape(new Reshape.Rule.Unsqueeze(added)), y);
  }

  /** A value with all axes from some on as one. */
  private String flat(String x, int kept) {
    List<Long> shape = new ArrayList<>(Collections.nCopies(kept, COPIED));
    shape.add(-1L);
    return to.value(new Reshape(new Reshape.Rule.To(shape, false)), x);
  }

  /** Matrices, each transposed. */
  private String turned(String x, List<Integer> around) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, around.size() + 2).boxed().toList());
    Collections.swap(axes, around.size(), around.size() + 1);
    return to.value(new Transpose(axes), x);
  }

  private Operand withoutNone(Operand x) {
    List<Integer> none =
        IntStream.range(0, x.labels().size())
            .filter(i -> x.labels().get(i) == NONE)
            .boxed()
            .toList();
    return none.isEmpty()
        ? x
        : new Operand(
            to.value(new Reshape(new Reshape.Rule.Squeeze(none)), x.value()),
            x.labels().stream().filter(label -> label != NONE).toList());
  }
}
