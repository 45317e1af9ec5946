package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Simt;
import io.clarinet.kernel.profile.ShippedProfiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GpuFactsTest {

  /** What drivers tell of known GPUs leads to their data sheets' profiles. */
  @ParameterizedTest
  @CsvSource({
    "h100, NVIDIA, 90, 32, 0, 0, 132",
    "a100, NVIDIA, 80, 32, 0, 0, 108",
    "rtx3090, NVIDIA, 86, 32, 0, 0, 82",
    "rtx4060, NVIDIA, 89, 32, 0, 0, 24",
    "mi250x, CDNA, 0, 64, 0, 0, 110",
    "iris-xe, INTEL, 0, 16, 16, 7, 96",
    "uhd630, INTEL, 0, 16, 8, 7, 24",
    "uhd630, INTEL, 0, 0, 0, 0, 24",
    "m1, APPLE, 0, 32, 0, 0, 8",
    "mali-g78, MALI, 0, 16, 0, 0, 14",
    "adreno740, ADRENO, 0, 64, 0, 0, 6"
  })
  void aKnownDeviceIsRecognised(
      String name, Microarchitecture family, int capability, int lanes, int eus, int ts, int told) {
    GpuFacts facts = new GpuFacts(family, capability, lanes, eus, ts);
    Simt known = ShippedProfiles.find(name).orElseThrow().simt();
    DeviceLimits limits = ShippedProfiles.find(name).orElseThrow().limits();
    assertThat(facts.simt(known.groupSize(), known.unified())).isEqualTo(known);
    assertThat(facts.units(told)).isEqualTo(limits.computeUnits());
    assertThat(facts.cacheBytes(limits.cacheBytes(), limits.computeUnits()))
        .isBetween(limits.cacheBytes() / 2, limits.cacheBytes());
  }

  @ParameterizedTest
  @EnumSource(Microarchitecture.class)
  void whatNobodyTellsIsTypical(Microarchitecture family) {
    Simt typical = Simt.typical(family);
    GpuFacts facts = GpuFacts.of(family);
    assertThat(facts.simt(typical.groupSize(), typical.unified())).isEqualTo(typical);
    assertThat(facts.units(1)).isEqualTo(1);
    for (int nonsense : new int[] {-1, 0, 1, 48, 1 << 20}) {
      assertThat(facts.orLanes(nonsense).simt(64, true).lanes()).isEqualTo(typical.lanes());
    }
    assertThat(facts.orLanes(128).simt(64, true).lanes()).isEqualTo(128);
  }

  @Test
  void aNewerNvidiaIsTakenForTheLastOneThatIsKnown() {
    assertThat(NvidiaGeneration.of(130)).isEqualTo(NvidiaGeneration.of(120));
    assertThat(NvidiaGeneration.of(103)).isEqualTo(NvidiaGeneration.of(100));
    assertThat(NvidiaGeneration.of(35).simt()).isEqualTo(Simt.typical(Microarchitecture.NVIDIA));
  }
}
