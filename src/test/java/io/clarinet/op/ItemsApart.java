package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * An operator with inputs, some of which hold a batch's items, the others constants: what it says
 * of them ({@link Op#keepsItemsApart}), and what its reference does.
 *
 * @param holding the inputs that hold items
 */
public record ItemsApart(Op op, int batch, List<Tensor> inputs, Set<Integer> holding) {

  /** Whether all values hold the batch, and the operator says that its items stay apart. */
  public boolean said() {
    List<Fact> facts =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> holding.contains(i) ? unknown(inputs.get(i)) : Fact.of(inputs.get(i)))
            .toList();
    List<Fact> outputs;
    try {
      outputs = op.infer(facts);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return holding.stream().allMatch(i -> holdsBatch(inputs.get(i).shape()))
        && outputs.stream().allMatch(f -> holdsBatch(f.shape()))
        && op.keepsItemsApart(facts, outputs);
  }

  private static Fact unknown(Tensor x) {
    return Fact.of(x.type(), x.shape());
  }

  private boolean holdsBatch(Shape shape) {
    return shape.rank() > 0 && shape.n() == batch;
  }

  /** Whether a batch of one item's copies has that item's results at every place, for each item. */
  public boolean isTrue() {
    List<Tensor> results = op.evaluate(inputs);
    return results.stream().allMatch(y -> holdsBatch(y.shape()))
        && IntStream.range(0, batch).allMatch(n -> equal(copies(n).evaluate(), copies(results, n)));
  }

  private List<Tensor> evaluate() {
    return op.evaluate(inputs);
  }

  /** Whether parts of so many items, where the operator says yes to them too, have the results. */
  public boolean agreesInPartsOf(int items) {
    List<Tensor> whole = evaluate();
    return IntStream.range(0, batch / items)
        .map(part -> part * items)
        .filter(first -> part(first, items).said())
        .allMatch(
            first ->
                equal(
                    part(first, items).evaluate(),
                    whole.stream().map(y -> some(y, first, items)).toList()));
  }

  /** The operator for some of the items. */
  public ItemsApart part(int first, int items) {
    return with(items, x -> some(x, first, items));
  }

  private ItemsApart copies(int n) {
    return with(batch, x -> copies(x, n));
  }

  private ItemsApart with(int items, UnaryOperator<Tensor> change) {
    List<Tensor> changed =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> holding.contains(i) ? change.apply(inputs.get(i)) : inputs.get(i))
            .toList();
    return new ItemsApart(op, items, changed, holding);
  }

  private List<Tensor> copies(List<Tensor> results, int n) {
    return results.stream().map(y -> copies(y, n)).toList();
  }

  private Tensor copies(Tensor x, int n) {
    long[] indices = new long[batch];
    Arrays.fill(indices, n);
    Tensor all = Tensor.ofLongs(Shape.of(batch), indices);
    return new Gather(0).evaluate(List.of(x, all)).get(0);
  }

  private static Tensor some(Tensor x, int first, int items) {
    Slice slice = new Slice(List.of(new Slice.Range(0, first, first + items, 1)));
    return slice.evaluate(List.of(x)).get(0);
  }

  private static boolean equal(List<Tensor> found, List<Tensor> expected) {
    return IntStream.range(0, expected.size())
        .allMatch(
            i ->
                found.get(i).shape().equals(expected.get(i).shape())
                    && found.get(i).bytes().equals(expected.get(i).bytes()));
  }

  @Override
  public String toString() {
    return op + " of " + inputs + ", items in " + holding;
  }
}
