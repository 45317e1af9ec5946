package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.file.Processor;
import io.clarinet.kernel.Probe;
import io.clarinet.kernel.jvm.JvmProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class KeptWidthTest {
  private static final String CACHE = "clarinet.cache";
  private static final List<Integer> WIDTHS = List.of(16, 8, 4);

  /** A number that no other test has, so that nobody else shares the pool. */
  private static final JvmOptions OPTIONS = JvmOptions.standard().withThreads(6);

  @TempDir Path folder;
  private final List<Integer> asked = new ArrayList<>();
  private final @Nullable String before = System.getProperty(CACHE);

  @BeforeEach
  void keepsNothingYet() {
    System.setProperty(CACHE, folder.toString());
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, before);
    }
  }

  /** Work that takes any time, of which a run of one width does far more than of the others. */
  private Optional<Probe> probe(int width, int fastest) {
    asked.add(width);
    return Optional.of(new Probe(threads -> {}, width == fastest ? 1e30 : 1));
  }

  private int measured(int fastest) {
    return new KeptWidth(WIDTHS).get(OPTIONS, width -> probe(width, fastest));
  }

  @Test
  void theFastestIsMeasuredOnceAndKept() {
    assertThat(new KeptWidth(WIDTHS).known()).isEqualTo(16);
    assertThat(measured(8)).isEqualTo(8);
    assertThat(asked).isEqualTo(WIDTHS);
    assertThat(measured(4)).isEqualTo(8);
    assertThat(asked).isEqualTo(WIDTHS);
    assertThat(new KeptWidth(WIDTHS).known()).isEqualTo(8);
    assertThat(PoolShare.shares(OPTIONS.threads())).isZero();
  }

  @Test
  void aProcessorWithOtherVectorsIsAskedForItself() {
    assertThat(measured(8)).isEqualTo(8);
    assertThat(new KeptWidth(List.of(8, 4)).get(OPTIONS, width -> probe(width, 4))).isEqualTo(4);
  }

  @Test
  void whereThereIsOneWidthNothingIsMeasured() {
    assertThat(new KeptWidth(List.of(16)).get(OPTIONS, width -> probe(width, 16))).isEqualTo(16);
    assertThat(asked).isEmpty();
  }

  /** Code that the compiler has not made in time would make its width look slow for good. */
  @Test
  void whatIsNotCompiledInTimeIsNotJudged() {
    KeptWidth width = new KeptWidth(WIDTHS);
    int chosen = width.get(OPTIONS, w -> w == 8 ? Optional.empty() : probe(w, 4));
    assertThat(chosen).isEqualTo(16);
    assertThat(measured(4)).isEqualTo(4);
  }

  @Test
  void noiseDoesNotChooseANarrowerOne() {
    assertThat(KeptWidth.fastest(WIDTHS, new double[] {100, 104, 50})).isEqualTo(16);
    assertThat(KeptWidth.fastest(WIDTHS, new double[] {100, 140, 120})).isEqualTo(8);
    assertThat(KeptWidth.fastest(WIDTHS, new double[] {100, 120, 140})).isEqualTo(4);
  }

  @Test
  void whatIsKeptNamesTheProcessorAndTheJvm() {
    assertThat(KeptWidth.identity()).contains(System.getProperty("java.vm.version"));
    assertThat(KeptWidth.identity()[0]).isEqualTo(Processor.identity());
    assertThat(JvmProfile.widths()).isSortedAccordingTo((a, b) -> b - a).doesNotHaveDuplicates();
  }
}
