package io.clarinet.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A target's kernels: for each operator its kernels, or the host, where only its reference runs it.
 *
 * @param <O> the type of all operators
 */
public final class KernelTable<O> {
  private final Map<Class<?>, Function<O, List<Kernel>>> rows = new HashMap<>();
  private final Set<Class<?>> hosted = new HashSet<>();
  private final Function<Reorder, Kernel> reorders;

  /**
   * @param reorders the way to bring a value into another layout
   */
  public KernelTable(Function<Reorder, Kernel> reorders) {
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

  /** The way to bring a value into another layout. */
  public Kernel reorder(Reorder reorder) {
    return reorders.apply(reorder);
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
