package io.clarinet.op;

import io.clarinet.tensor.Fact;
import java.util.List;

/** Common rules for the inputs that hold the items of a batch: see {@link Op#keepsItemsApart}. */
final class Items {
  private Items() {}

  /** Whether the first input holds items and all others, weights and parameters, are constants. */
  static boolean onlyOfFirst(List<Fact> inputs) {
    return !inputs.get(0).isConstant()
        && inputs.subList(1, inputs.size()).stream().allMatch(Fact::isConstant);
  }

  /**
   * Whether broadcasting to a result lets each item meet the same items of the other inputs, and
   * the same elements of constants.
   */
  static boolean broadcast(List<Fact> inputs, int rank) {
    return inputs.stream()
        .allMatch(x -> x.isConstant() ? isShared(x, rank) : x.shape().rank() == rank);
  }

  /** Whether a constant that broadcasts to a rank is the same for every index of the first axis. */
  private static boolean isShared(Fact constant, int rank) {
    return constant.shape().rank() < rank || constant.shape().n() == 1;
  }
}
