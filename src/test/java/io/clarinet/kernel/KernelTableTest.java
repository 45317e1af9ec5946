package io.clarinet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An operator that a target forgets runs on the host unnoticed. */
class KernelTableTest {
  private static final List<Class<?>> OPERATORS = List.of(Op.class.getPermittedSubclasses());

  @Test
  void openClSaysOfEveryOperatorWhereItRuns() {
    requireComplete(OpenClKernels.table());
  }

  @Test
  void theJvmSaysOfEveryOperatorWhereItRuns() {
    requireComplete(JvmKernels.best());
    requireComplete(JvmKernels.plain());
  }

  private static void requireComplete(KernelTable<Op> table) {
    Set<Class<?>> named = new HashSet<>(table.operators());
    named.addAll(table.hosted());
    assertThat(named).containsExactlyInAnyOrderElementsOf(OPERATORS);
    assertThat(table.operators()).doesNotContainAnyElementsOf(table.hosted());
  }
}
