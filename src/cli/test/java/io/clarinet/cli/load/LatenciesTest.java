package io.clarinet.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreTimesThatCame() {
    List<Long> times = LongStream.rangeClosed(1, 5000).boxed().collect(Collectors.toList());
    Collections.shuffle(times, Fresh.random());
    Latencies latencies = new Latencies();
    times.forEach(time -> latencies.add(time * 1_000_000));
    assertThat(latencies.percentile(50)).isEqualTo(2500);
    assertThat(latencies.percentile(99)).isEqualTo(4950);
    assertThat(latencies.percentile(100)).isEqualTo(5000);
  }

  @Test
  void oneTimeIsEveryPercentile() {
    Latencies latencies = new Latencies();
    assertThat(latencies.percentile(50)).isNaN();
    latencies.add(7_000_000);
    assertThat(latencies.percentile(0.1)).isEqualTo(7);
    assertThat(latencies.percentile(99)).isEqualTo(7);
  }

  @Test
  void theMedianBatchIsThatOfTheBatchesBetween() {
    Map<Integer, Long> before = Map.of(1, 100L, 2, 3L);
    assertThat(LoadRun.median(before, Map.of(1, 101L, 2, 3L, 8, 1L, 16, 1L))).isEqualTo(8);
    assertThat(LoadRun.median(before, before)).isZero();
    assertThat(LoadRun.median(Map.of(), Map.of(4, 2L, 16, 2L))).isEqualTo(4);
  }
}
