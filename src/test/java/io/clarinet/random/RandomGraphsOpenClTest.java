package io.clarinet.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.RequiresOpenCl;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * Random graphs give on the OpenCL device what the reference gives: as many as {@code
 * -Dgraphs.opencl} and {@code -Dgraphs.chained} say, from {@code -Dgraphs.seed} on. Most have few
 * variants of kernels, as each has to be compiled.
 */
@RequiresOpenCl
class RandomGraphsOpenClTest {
  private static final int COUNT = Integer.getInteger("graphs.opencl", 40);
  private static final int CHAINED = Integer.getInteger("graphs.chained", 2);
  private static final long SEED = Long.getLong("graphs.seed", 1);

  @Test
  void agree() {
    check(false, RandomGraph::drawFrugal, COUNT);
  }

  @Test
  void agreeAsOneLaunch() {
    check(true, RandomGraph::drawLong, CHAINED);
  }

  private static void check(boolean chain, LongFunction<Problem> source, int count) {
    try (OpenClCheck check = new OpenClCheck(chain)) {
      Campaign campaign = new Campaign(source, List.of(check));
      assertThat(campaign.run(SEED, count)).isEmpty();
      System.out.println(check.programs() + " programs compiled");
    }
  }
}
