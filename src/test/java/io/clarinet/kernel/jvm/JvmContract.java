package io.clarinet.kernel.jvm;

import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.engine.Jvm;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.kernel.Reorder;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Holds the JVM's kernels to an operator's reference, by the Vector API and in plain Java. */
final class JvmContract {
  private static final JvmBackend BACKEND =
      Jvm.open(JvmOptions.standard().withThreads(3).poisoned());
  private static final List<KernelTable<Op>> TABLES =
      List.of(JvmKernels.best(), JvmKernels.plain());

  private JvmContract() {}

  /**
   * Checks all kernels of an operator.
   *
   * @param input known only when it runs
   * @param others the other inputs, constants where {@link Known}
   * @return names of the kernels that accepted
   */
  static Set<String> check(Op op, Tensor input, Object... others) {
    return check(name -> true, op, input, others);
  }

  /** Checks the kernels of an operator that have such names. */
  static Set<String> check(Predicate<String> names, Op op, Tensor input, Object... others) {
    return on(BACKEND, names, op, input, others);
  }

  /** Checks the kernels of an operator that have such names on a backend. */
  static Set<String> on(
      JvmBackend backend, Predicate<String> names, Op op, Tensor input, Object... others) {
    Set<String> ran = new TreeSet<>();
    for (KernelTable<Op> kernels : TABLES) {
      OperatorContract contract = OperatorContract.of(op).on(backend, kernels).input(input);
      contract.kernels(named(names, kernels.of(op)));
      for (Object other : others) {
        if (other instanceof Known known) {
          contract.constant(known.value());
        } else {
          contract.input((Tensor) other);
        }
      }
      ran.addAll(contract.check());
    }
    return ran;
  }

  /** Holds the kernels that have such names to a contract, within its tolerance. */
  static Set<String> check(Predicate<String> names, Op op, OperatorContract contract) {
    Set<String> ran = new TreeSet<>();
    for (KernelTable<Op> kernels : TABLES) {
      contract.on(BACKEND, kernels).kernels(named(names, kernels.of(op)));
      ran.addAll(contract.check());
    }
    return ran;
  }

  private static Kernel[] named(Predicate<String> names, List<Kernel> kernels) {
    return kernels.stream().filter(k -> names.test(k.name())).toArray(Kernel[]::new);
  }

  /** Checks the ways to bring an image into another layout. */
  static void reorder(Layout from, Layout to, Tensor x) {
    for (KernelTable<Op> kernels : TABLES) {
      OperatorContract.of(Reshape.IDENTITY)
          .on(BACKEND, kernels)
          .kernels(kernels.reorders(new Reorder(from, to)).get(0))
          .input(x)
          .check();
    }
  }

  /** An input that is a constant of the graph. */
  record Known(Constant value) {}
}
