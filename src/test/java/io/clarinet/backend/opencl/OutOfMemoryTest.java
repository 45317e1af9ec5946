package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.backend.DeviceException;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jocl.CL;
import org.junit.jupiter.api.Test;

/** A want of memory is told from other failures, up to who can do with less of it. */
class OutOfMemoryTest {
  private static final ListedDevice GPU =
      new ListedDevice("opencl:0:0", "GPU", "Some", "gpu", "1", true, "");

  private static AbstractThrowableAssert<?, ?> failing(int code) {
    return assertThatThrownBy(() -> Status.check(code, "clEnqueueWriteBuffer"))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("clEnqueueWriteBuffer gave CL_");
  }

  @Test
  void onlyOneStatusSurelyMeansIt() {
    failing(CL.CL_MEM_OBJECT_ALLOCATION_FAILURE).extracting("outOfMemory").isEqualTo(true);
    failing(CL.CL_OUT_OF_RESOURCES).extracting("outOfMemory").isEqualTo(false);
    failing(CL.CL_INVALID_KERNEL).extracting("outOfMemory").isEqualTo(false);
  }

  @Test
  void whatOnlyTakesMemoryFailsForWantOfIt() {
    assertThat(Status.isOutOfMemory(CL.CL_OUT_OF_RESOURCES)).isTrue();
    assertThat(Status.isOutOfMemory(CL.CL_INVALID_OPERATION)).isFalse();
    assertThat(Status.isOutOfMemory(CL.CL_SUCCESS)).isFalse();
  }

  @Test
  void aStepThatFailsForItSaysSo() {
    Step step =
        ClampPlans.clamp(
            "s", new Step.Operand.At(alone(0, Shape.of(1, 5))), alone(64, Shape.of(1, 5)), 0, 1);
    DeviceException full = DeviceException.outOfMemory("full", null);
    assertThat(OpenClStep.failure(step, GPU, full).isOutOfMemory()).isTrue();
    assertThat(OpenClStep.failure(step, GPU, new DeviceException("lost")).isOutOfMemory())
        .isFalse();
  }
}
