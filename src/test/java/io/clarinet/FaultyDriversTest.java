package io.clarinet;

import static java.util.regex.Pattern.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.backend.opencl.FakeDrivers;
import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver's fault makes its own platform or device unusable, and nothing else. */
@RequiresOpenCl
class FaultyDriversTest {
  // properties of platforms and devices, by their numbers in cl.h
  private static final int PLATFORM_NAME = 0x0902;
  private static final int UNITS = 0x1002;
  private static final int GROUP_SIZE = 0x1004;
  private static final int LARGEST_BUFFER = 0x1010;
  private static final int ALIGNMENT = 0x1019;
  private static final int MEMORY = 0x101F;
  private static final int LOCAL_MEMORY = 0x1023;
  private static final int AVAILABLE = 0x1027;
  private static final int NAME = 0x102B;

  @TempDir static Path library;
  @TempDir Path folder;
  private FakeDrivers drivers;

  @BeforeAll
  static void compile() throws Exception {
    FakeDrivers.compile(library);
  }

  @BeforeEach
  void none() throws IOException {
    drivers = new FakeDrivers(library, folder);
  }

  /** Lists the devices, then opens a network on each device that its arguments name. */
  public static final class Program {
    private Program() {}

    public static void main(String[] requests) {
      for (Device device : Device.all()) {
        System.out.println(
            device.platform() + ": " + (device.usable() ? "usable" : device.reason()));
      }
      for (String request : requests) {
        System.out.println(request + " -> " + open(request));
      }
    }

    private static String open(String request) {
      GraphBuilder graph = new GraphBuilder("positive");
      graph.input("x", 2);
      graph.add("y", Unary.RELU, "x");
      try (Session session = Model.of(graph.output("y").build()).open(Device.find(request))) {
        Tensor y = session.run(Tensor.of(Shape.of(2), 1, -1));
        return session.device() + " " + y.doubleAt(0) + " " + y.doubleAt(1);
      } catch (RuntimeException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
  }

  private List<String> run(String... requests) throws IOException, InterruptedException {
    return drivers.run(Program.class, requests);
  }

  private void withPlatformsThatFail() throws IOException {
    drivers
        .with("ids-6", "fail clGetDeviceIDs -6")
        .with("ids-9999", "fail clGetDeviceIDs -9999")
        .with("none", "fail clGetDeviceIDs -1")
        .with("zero", "answer clGetDeviceIDs 0")
        .with("many", "answer clGetDeviceIDs 4294967295")
        .with("unnamed", "fail " + PLATFORM_NAME + " -6")
        .with("long", "size " + PLATFORM_NAME + " 9223372036854775807")
        .with("silent", "fail clGetDeviceInfo -5")
        .with("nameless", "fail " + NAME + " -5")
        .with("busy", "answer " + AVAILABLE + " 0")
        .with("coreless", "answer " + UNITS + " 0")
        .with("endless", "answer " + UNITS + " 4294967295")
        .with("groupless", "answer " + GROUP_SIZE + " 0")
        .with("memoryless", "answer " + MEMORY + " 0")
        .with("untrusted", "answer " + NAME + " llvmpipe (fake)")
        .with("unborn", "fail clIcdGetPlatformIDsKHR -6")
        .withLibrary("missing", folder.resolve("no-such-library.so").toString())
        .withLibrary("text", Files.writeString(folder.resolve("text.so"), "text").toString())
        .withLibrary("empty", "");
  }

  private static final List<String> REASONS =
      List.of(
          "ids-6: clGetDeviceIDs gave CL_OUT_OF_HOST_MEMORY (-6)",
          "ids-9999: clGetDeviceIDs gave an unknown status (-9999)",
          "none: the platform has no device",
          "zero: the platform has no device",
          "many: clGetDeviceIDs gave 4294967295 devices",
          "unknown: clGetPlatformInfo gave CL_OUT_OF_HOST_MEMORY (-6)",
          "unknown: clGetPlatformInfo gave a text of 9223372036854775807 bytes",
          "silent: clGetDeviceInfo gave CL_OUT_OF_RESOURCES (-5)",
          "nameless: clGetDeviceInfo gave CL_OUT_OF_RESOURCES (-5)",
          "busy: the driver says that it is not available",
          "coreless: the driver says that it has 0 compute units",
          "endless: the driver says that it has 4294967295 compute units",
          "groupless: the driver says that its work-group size is 0",
          "memoryless: the driver says that its memory is 0");

  @Test
  void whatFailsWhileItIsAskedIsListedAndHarmsNoOther() throws Exception {
    withPlatformsThatFail();
    drivers.withInstalled();
    List<String> printed = run("auto", "ids-6");
    ListedDevice installed = TestDevice.device();
    assertThat(printed)
        .containsAll(REASONS)
        .contains(installed.platform() + ": usable")
        .anyMatch(
            line -> line.matches("auto -> opencl:.*" + quote(installed.name()) + ".* 1.0 0.0"))
        .anyMatch(
            line -> line.matches("ids-6 -> DeviceChoiceException: .* cannot be used: .*-6.*"));
  }

  @Test
  void whereAllFailTheCpuRuns() throws Exception {
    withPlatformsThatFail();
    List<String> printed = run("auto", "opencl");
    assertThat(printed)
        .containsAll(REASONS)
        .anyMatch(line -> line.matches("auto -> cpu .* 1.0 0.0"))
        .anyMatch(
            line -> line.matches("opencl -> DeviceChoiceException: .*none.* has no device.*"));
  }

  private void withDevicesThatFail() throws IOException {
    drivers
        .with("context", "fail clCreateContext -5")
        .with("queue", "fail clCreateCommandQueue -2")
        .with("program", "fail clCreateProgramWithSource -6")
        .with("compiler", "fail clBuildProgram -11")
        .with("kernel", "fail clCreateKernel -5")
        .with("buffer", "fail clCreateBuffer -4")
        .with("launch", "fail clEnqueueNDRangeKernel -54")
        .with("reading", "fail clEnqueueReadBuffer -5")
        .with("release", "fail clReleaseContext -34", "fail clReleaseCommandQueue -36")
        .with("liar")
        .with("anonymous", "answer " + NAME + " ")
        .with(
            "boundless",
            "answer " + LARGEST_BUFFER + " 0xffffffffffffffff",
            "answer " + MEMORY + " 0xffffffffffffffff",
            "answer " + GROUP_SIZE + " 0xffffffffffffffff",
            "answer " + LOCAL_MEMORY + " 0xffffffffffffffff",
            "answer " + ALIGNMENT + " 0");
  }

  @Test
  void aDeviceThatFailsWhenItIsOpenedHandsOnToTheNext() throws Exception {
    withDevicesThatFail();
    drivers.withInstalled();
    List<String> printed = run("auto", "opencl", "queue device");
    assertFailuresAreTold(printed);
    String right = "opencl:.*" + quote(TestDevice.device().name()) + ".* 1.0 0.0";
    assertThat(printed)
        .anyMatch(line -> line.matches("auto -> " + right))
        .anyMatch(line -> line.matches("opencl -> " + right))
        .anyMatch(line -> line.matches("queue device -> DeviceException: .*-2.*"));
  }

  @Test
  void andAtLastToTheCpu() throws Exception {
    withDevicesThatFail();
    List<String> printed = run("auto", "opencl");
    assertThat(printed)
        .anyMatch(line -> line.matches("auto -> cpu .* 1.0 0.0"))
        .anyMatch(line -> line.contains("Running on the CPU: "))
        .anyMatch(line -> line.matches("opencl -> DeviceException: .*"));
  }

  private static void assertFailuresAreTold(List<String> printed) {
    for (String failure :
        List.of(
            "clCreateContext on .*context device.* gave CL_OUT_OF_RESOURCES",
            "clCreateCommandQueue on .*queue device.* gave CL_DEVICE_NOT_AVAILABLE",
            "program device.* failed: clCreateProgramWithSource gave CL_OUT_OF_HOST_MEMORY",
            "compiler device.* does not build: clBuildProgram gave CL_BUILD_PROGRAM_FAILURE",
            "kernel device.*: clCreateKernel gave CL_OUT_OF_RESOURCES",
            "no buffer of .*buffer device.*: clCreateBuffer gave",
            "launch device.* failed: clEnqueueNDRangeKernel gave CL_INVALID_WORK_GROUP_SIZE",
            "reading device.* failed: clEnqueueReadBuffer gave CL_OUT_OF_RESOURCES",
            "liar device.* computes wrongly: 0.0 where",
            "unknown.* computes wrongly",
            "boundless device.* computes wrongly",
            "release device.* computes wrongly")) {
      assertThat(printed)
          .anyMatch(line -> line.matches(".* WARN .*" + failure + ".*; going on with .*"));
    }
  }
}
