package io.clarinet.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A target's kernels: for each operator its kernels, or the host, where only its reference runs it.
 *
 * @param <O> the type of all operators
 */
public final class KernelTable<O> {
  private final Map<Class<?>, Function<O, List<Kernel>>> rows = new HashMap<>();
  private final Set<Class<?>> hosted = new HashSet<>();
  private final Function<Reorder, List<Kernel>> reorders;

  /**
   * @param reorders the ways to bring a value into another layout
   */
  public KernelTable(Function<Reorder, List<Kernel>> reorders) {
    this.reorders = reorders;
  }

  /** Adds an operator's kernels; on equal cost the earlier is chosen. */
  public <T extends O> KernelTable<O> row(Class<T> operator, Function<T, List<Kernel>> kernels) {
    rows.put(operator, op -> kernels.apply(operator.cast(op)));
    return this;
  }

  /** Adds operators that run on the host, by their reference. */
  @SafeVarargs
  public final KernelTable<O> host(Class<? extends O>... operators) {
    hosted.addAll(List.of(operators));
    return this;
  }

  /** Ways to run an operator; none where only its reference does. */
  public List<Kernel> of(O operator) {
    Function<O, List<Kernel>> row = rows.get(operator.getClass());
    return row == null ? List.of() : row.apply(operator);
  }

  /** Ways to bring a value into another layout. */
  public List<Kernel> reorders(Reorder reorder) {
    return reorders.apply(reorder);
  }

  /**
   * A table that tries another's kernels after its own.
   *
   * @param as what becomes of each kernel of the other
   */
  public KernelTable<O> orElse(KernelTable<O> other, UnaryOperator<Kernel> as) {
    KernelTable<O> both = new KernelTable<>(r -> joined(reorders(r), other.reorders(r), as));
    Stream.concat(rows.keySet().stream(), other.rows.keySet().stream())
        .forEach(row -> both.rows.put(row, op -> joined(of(op), other.of(op), as)));
    both.hosted.addAll(other.hosted);
    both.hosted.removeAll(both.rows.keySet());
    return both;
  }

  private static List<Kernel> joined(
      List<Kernel> first, List<Kernel> second, UnaryOperator<Kernel> as) {
    return Stream.concat(first.stream(), second.stream().map(as)).toList();
  }

  /** The operators that have kernels. */
  public Set<Class<?>> operators() {
    return Set.copyOf(rows.keySet());
  }

  /** The operators that run on the host. */
  public Set<Class<?>> hosted() {
    return Set.copyOf(hosted);
  }
}
