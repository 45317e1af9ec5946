package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Simt;
import io.clarinet.kernel.Speed;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTeamsTest {
  private static DeviceProfile device(int groupSize, int units) {
    return DeviceProfile.gpu(
        "a GPU",
        Simt.typical(Microarchitecture.UNKNOWN).with(32, groupSize, false),
        new DeviceLimits(units, 16 << 10, 1L << 33, 1L << 31, 128, 4 << 20),
        Speed.assumed(1e13, 5e11, 5e-6));
  }

  @Test
  void keepTheDevicesLimitsAndWholeTeams() {
    Random random = Fresh.random();
    for (int i = 0; i < 1000; i++) {
      DeviceProfile device = device(64 + random.nextInt(960), 1 + random.nextInt(132));
      int length = 1 + random.nextInt(1 << random.nextInt(18));
      int inner = 1 + random.nextInt(1 << random.nextInt(10));
      long rows = inner * (1L + random.nextInt(1 << random.nextInt(10)));
      RowTeams teams = RowTeams.of(rows, length, inner, device);
      assertThat(teams.group()).as(teams.toString()).isBetween(64, device.simt().groupSize());
      assertThat(teams.group() % teams.team()).isZero();
      assertThat(Integer.bitCount(teams.team())).isEqualTo(1);
      assertThat(teams.work(1, 16).localBytes()).isLessThanOrEqualTo(16 << 10);
      assertThat(teams.range().groups() * teams.group())
          .isGreaterThanOrEqualTo(rows * teams.team());
    }
  }

  /** A team of more work-items than twice a row's terms would be idle for the most part. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 49, 100, 1000})
  void shortRowsShareAGroup(int length) {
    for (int rows : new int[] {1, 64, 100_000}) {
      RowTeams teams = RowTeams.along(rows, length, device(256, 132));
      assertThat(teams.team()).isLessThan(2 * length);
    }
  }

  @Test
  void fewRowsGetMoreWorkItemsThanMany() {
    DeviceProfile device = device(256, 132);
    assertThat(RowTeams.along(8, 49, device).team()).isEqualTo(64);
    assertThat(RowTeams.along(100_000, 49, device).team()).isEqualTo(16);
  }

  /** A price that took idle work-items for busy ones would let them load as if they were. */
  @Test
  void onlyWorkItemsWithTermsAreBusy() {
    DeviceProfile device = device(256, 132);
    assertThat(RowTeams.along(1, 10, device).work(1, 4).lanes()).isEqualTo(10);
    assertThat(RowTeams.along(1, 1, device).work(1, 4).lanes()).isEqualTo(1);
    assertThat(RowTeams.along(64, 256, device).work(1, 4).lanes()).isEqualTo(256);
  }

  /** Neighbouring work-items of rows that lie side by side take neighbouring rows. */
  @Test
  void rowsSideBySideFillWhatMemoryReads() {
    RowTeams pixels = RowTeams.of(3136, 21, 3136, device(256, 132));
    assertThat(pixels.along()).isFalse();
    assertThat(pixels.group() / pixels.team()).isGreaterThanOrEqualTo(16);
    RowTeams three = RowTeams.of(3, 50_001, 3, device(256, 132));
    assertThat(three.group() / three.team()).isEqualTo(4);
  }
}
