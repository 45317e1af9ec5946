package io.clarinet.kernel.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Simt;
import io.clarinet.kernel.Speed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every GPU that is known. */
class ShippedProfilesTest {
  private static final double LEAST_LAUNCH = 2.5e-6;

  @ParameterizedTest
  @MethodSource("io.clarinet.kernel.profile.ShippedProfiles#names")
  void figuresAreOfDataSheetsAndAgree(String name) {
    ProfileFile file = ShippedProfiles.file(name);
    DeviceProfile device = file.device();
    assertThat(file.sources()).hasSizeGreaterThan(2).noneMatch(String::isBlank);
    assertThat(device.isGpu()).isTrue();
    assertThat(device.struckOff()).isEmpty();
    Speed speed = device.speed();
    assertThat(speed.peak().measured() || speed.memory().measured()).isFalse();
    assertThat(speed.launchSeconds()).isBetween(LEAST_LAUNCH, 1e-4);
    double cycles = 2.0 * device.limits().computeUnits() * device.simt().cores();
    assertThat(speed.peakFlops() / cycles).as("clock in Hz").isBetween(0.6e9, 2.6e9);
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.kernel.profile.ShippedProfiles#names")
  void aGroupHasRoomOnAUnit(String name) {
    DeviceProfile device = ShippedProfiles.file(name).device();
    Simt simt = device.simt();
    DeviceLimits limits = device.limits();
    assertThat(simt.groupSize()).isGreaterThanOrEqualTo(256).isLessThanOrEqualTo(simt.items());
    assertThat(simt.items() % simt.lanes()).isZero();
    assertThat(limits.localMemoryBytes()).isLessThanOrEqualTo(simt.localBytes());
    assertThat(limits.maxAllocationBytes()).isLessThanOrEqualTo(limits.globalMemoryBytes());
    assertThat(simt.registers() / simt.items()).as("registers of each item").isBetween(16, 128);
    if (simt.architecture() == Microarchitecture.NVIDIA) {
      assertThat(limits.localMemoryBytes()).isEqualTo(48 << 10);
      assertThat(limits.maxAllocationBytes()).isEqualTo(limits.globalMemoryBytes() / 4);
    }
  }
}
