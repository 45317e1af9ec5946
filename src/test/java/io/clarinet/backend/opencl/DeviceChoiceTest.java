package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private static final ListedDevice CPU = device("opencl:0:0", "Xeon", "Portable", "cpu", "");
  private static final ListedDevice GPU = device("opencl:1:0", "A100 first", "NVIDIA", "gpu", "");
  private static final ListedDevice GPU2 = device("opencl:1:1", "A100 other", "NVIDIA", "gpu", "");
  private static final ListedDevice OLD = device("opencl:2:0", "Rusty", "Old", "gpu", "too old");
  private static final ListedDevice UNASKED =
      device("opencl:0", "Portable", "Portable", "unknown", "unsafe");

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
    assertThat(guarded(OLD, GPU, GPU2).select("auto")).isEqualTo(chosen(GPU));
    assertThat(guarded().select("auto"))
        .isEqualTo(new Selection.None("opencl:0 (Portable) is not used: unsafe", ""));
    assertThat(asked).containsOnly(false);
  }

  @Test
  void openclTakesTheBestOfAll() {
    assertThat(guarded().select("opencl")).isEqualTo(chosen(CPU));
    assertThat(guarded(GPU).select("opencl")).isEqualTo(chosen(GPU));
  }

  @Test
  void anIdMeansOneDevice() {
    assertThat(guarded(GPU, GPU2).select("opencl:1:1")).isEqualTo(chosen(GPU2));
    assertThat(guarded(GPU).select("opencl:0:0")).isEqualTo(chosen(CPU));
  }

  @Test
  void partOfANameMustBeClear() {
    assertThat(guarded(GPU, GPU2).select("OTHER")).isEqualTo(chosen(GPU2));
    assertThat(guarded(GPU, GPU2).select("a100"))
        .isEqualTo(new Selection.Ambiguous(List.of(GPU, GPU2)));
    assertThat(asked).containsOnly(false);
  }

  @Test
  void anUnsafePlatformIsAskedOnlyForANameThatNoOtherHas() {
    assertThat(guarded(GPU).select("xeon")).isEqualTo(chosen(CPU));
    assertThat(asked).containsExactly(false, true);
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsReason() {
    assertThat(guarded(OLD).select("rusty"))
        .isEqualTo(new Selection.None("opencl:2:0 (Rusty) cannot be used: too old", ""));
    assertThat(guarded().select("nothing"))
        .isInstanceOfSatisfying(
            Selection.None.class,
            none -> {
              assertThat(none.reason()).contains("no OpenCL device is called \"nothing\"");
              assertThat(none.hint()).contains("Portable");
            });
  }
}
