package io.clarinet.backend.opencl;

import static io.clarinet.backend.opencl.OpenCl.INSTALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private static final ListedDevice CPU = device("opencl:0:0", "Xeon", Platform.POCL, "cpu", "");
  private static final ListedDevice GPU = device("opencl:1:0", "A100 first", "NVIDIA", "gpu", "");
  private static final ListedDevice GPU2 = device("opencl:1:1", "A100 other", "NVIDIA", "gpu", "");
  private static final ListedDevice OLD = device("opencl:2:0", "Rusty", "Old", "gpu", "too old");
  private static final ListedDevice UNASKED =
      device("opencl:0", Platform.POCL, Platform.POCL, "unknown", "unsafe");

  private static final ListedDevice BROKEN =
      device("opencl:3", "Broken", "Broken", "unknown", "out of memory");

  private final List<Boolean> asked = new ArrayList<>();

  private static ListedDevice device(
      String id, String name, String platform, String type, String reason) {
    return new ListedDevice(id, name, platform, type, "1", reason.isEmpty(), reason);
  }

  /** A choice where the CPU's platform can only be asked unsafely. */
  private DeviceChoice guarded(ListedDevice... others) {
    return new DeviceChoice(
        evenUnsafe -> {
          asked.add(evenUnsafe);
          List<ListedDevice> devices = new ArrayList<>(List.of(evenUnsafe ? CPU : UNASKED));
          devices.addAll(List.of(others));
          return devices;
        });
  }

  private static Selection chosen(ListedDevice device) {
    return new Selection.Chosen(device);
  }

  @Test
  void autoTakesTheBestThatIsSafe() {
    assertThat(guarded(OLD, GPU, GPU2).select("auto", Set.of())).isEqualTo(chosen(GPU));
    assertThat(guarded().select("auto", Set.of()))
        .isEqualTo(new Selection.None("opencl:0 (" + Platform.POCL + ") is not used: unsafe", ""));
    assertThat(asked).containsOnly(false);
  }

  @Test
  void openclTakesTheBestOfAll() {
    assertThat(guarded().select("opencl", Set.of())).isEqualTo(chosen(CPU));
    assertThat(guarded(GPU).select("opencl", Set.of())).isEqualTo(chosen(GPU));
  }

  @Test
  void anIdMeansOneDevice() {
    assertThat(guarded(GPU, GPU2).select("opencl:1:1", Set.of())).isEqualTo(chosen(GPU2));
    assertThat(guarded(GPU).select("opencl:0:0", Set.of())).isEqualTo(chosen(CPU));
  }

  @Test
  void partOfANameMustBeClear() {
    assertThat(guarded(GPU, GPU2).select("OTHER", Set.of())).isEqualTo(chosen(GPU2));
    assertThat(guarded(GPU, GPU2).select("a100", Set.of()))
        .isEqualTo(new Selection.Ambiguous(List.of(GPU, GPU2)));
    assertThat(asked).containsOnly(false);
  }

  @Test
  void anUnsafePlatformIsAskedOnlyForANameThatNoOtherHas() {
    assertThat(guarded(GPU).select("xeon", Set.of())).isEqualTo(chosen(CPU));
    assertThat(asked).containsExactly(false, true);
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsReason() {
    assertThat(guarded(OLD).select("rusty", Set.of()))
        .isEqualTo(new Selection.None("opencl:2:0 (Rusty) cannot be used: too old", ""));
    assertThat(guarded().select("nothing", Set.of()))
        .isInstanceOfSatisfying(
            Selection.None.class,
            none -> {
              assertThat(none.reason()).contains("no OpenCL device is called \"nothing\"");
              assertThat(none.hint()).contains("Xeon");
            });
  }

  @Test
  void whatFailedIsPassedOver() {
    assertThat(guarded(GPU, GPU2).select("auto", Set.of("opencl:1:0"))).isEqualTo(chosen(GPU2));
    assertThat(guarded(GPU).select("opencl", Set.of("opencl:1:0"))).isEqualTo(chosen(CPU));
  }

  @Test
  void aPlatformThatFailsLeavesTheOthersAndTellsWhy() {
    assertThat(guarded(BROKEN, GPU).select("auto", Set.of())).isEqualTo(chosen(GPU));
    for (String request : List.of("opencl:3", "opencl:3:0", "OPENCL:3:0", "broken")) {
      assertThat(guarded(BROKEN).select(request, Set.of()))
          .isEqualTo(new Selection.None("opencl:3 (Broken) cannot be used: out of memory", ""));
    }
    assertThat(new DeviceChoice(evenUnsafe -> List.of(BROKEN)).select("auto", Set.of()))
        .isEqualTo(new Selection.None("opencl:3 (Broken) is not used: out of memory", INSTALL));
  }

  @Test
  void capitalsMeanTheSame() {
    assertThat(guarded().select("OPENCL", Set.of())).isEqualTo(chosen(CPU));
    assertThat(guarded(GPU).select("OpenCL:1:0", Set.of())).isEqualTo(chosen(GPU));
    assertThat(guarded(GPU).select("Auto", Set.of())).isEqualTo(chosen(GPU));
  }
}
