package io.clarinet;

import java.util.Random;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Random numbers that differ from one run of the tests to the next. A failed test prints the run's
 * seed; {@code -Dtest.seed=...} brings its numbers back.
 */
public final class Fresh implements AfterTestExecutionCallback {
  private static final long SEED = Long.getLong("test.seed", new Random().nextLong());

  /** The calling class's numbers in this run. */
  public static Random random() {
    StackWalker stack = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    return new Random(SEED + stack.getCallerClass().getName().hashCode());
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().filter(Fresh::isFailure).isPresent()) {
      System.err.printf(
          "%s failed; the same random numbers come with -Dtest.seed=%d%n",
          context.getUniqueId(), SEED);
    }
  }

  private static boolean isFailure(Throwable thrown) {
    return !(thrown instanceof TestAbortedException);
  }
}
