package io.clarinet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.launcher.FakeMachine.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher's installations, on a machine whose apt-get only writes down its calls. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the launcher is tested on Linux")
class SetupTest {
  private static final String PACKAGES = "pocl-opencl-icd ocl-icd-libopencl1";

  @TempDir Path folder;
  private FakeMachine machine;

  @BeforeEach
  void setUp() throws Exception {
    machine = new FakeMachine(folder);
    machine.tool("id", "echo 0");
    machine.tool("sudo", "exit 1");
    aptGet(": >'" + machine.vendors.resolve("pocl.icd") + "'");
    machine.clarinet("zoo");
  }

  private void aptGet(String body) throws IOException {
    machine.tool("apt-get", "echo \"$*\" >>'" + folder.resolve("apt.log") + "'; " + body);
  }

  @Test
  void installsADriverOnceAndSaysSo() throws Exception {
    Result result = machine.clarinet("classify", "a.jpg", "--json");
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEqualTo("clarinet: installing " + PACKAGES + " with apt-get\n");
    assertThat(folder.resolve("apt.log")).content().contains("install " + PACKAGES);
    assertThat(machine.clarinet("classify", "a.jpg").err()).isEmpty();
  }

  @Test
  void theUserMayForbidIt() throws Exception {
    machine.environment.put("CLARINET_NO_INSTALL", "1");
    Result result = machine.clarinet("classify", "a.jpg");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("<classify>");
    assertThat(result.err())
        .startsWith("clarinet: no OpenCL driver, and CLARINET_NO_INSTALL=1 forbids installing:")
        .contains("running on the CPU")
        .hasLineCount(1);
    assertThat(folder.resolve("apt.log")).doesNotExist();
  }

  @Test
  void whoeverMayNotInstallGoesOnWithTheCpu() throws Exception {
    machine.tool("id", "echo 1000");
    Result result = machine.clarinet("bench");
    assertThat(result.err()).contains("only root may install").contains("running on the CPU");
    assertThat(result.out()).contains("<bench>");
    assertThat(folder.resolve("apt.log")).doesNotExist();
  }

  @Test
  void sudoWithoutAPasswordWillDo() throws Exception {
    machine.tool("id", "echo 1000");
    machine.tool("sudo", "shift; \"$@\"");
    machine.clarinet("bench");
    assertThat(folder.resolve("apt.log")).content().contains("install " + PACKAGES);
  }

  @Test
  void aFailedInstallationIsRepeatedOnlyBySetup() throws Exception {
    aptGet("exit 100");
    assertThat(machine.clarinet("bench").err()).contains("installing failed");
    aptGet(": >'" + machine.vendors.resolve("pocl.icd") + "'");
    assertThat(machine.clarinet("bench").err()).contains("installing one failed before");
    Result setup = machine.clarinet("setup", "--json");
    assertThat(setup.status()).isZero();
    assertThat(setup.out()).isEqualTo("{\"passed\":true,\"java\":17,\"opencl_driver\":true}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zoo",
        "devices",
        "classify --help",
        "run x --device cpu",
        "run x --device=cpu",
        "run x --device CPU"
      })
  void installsNothingForCommandsThatNeedNoDevice(String command) throws Exception {
    Result result = machine.clarinet(command.split(" "));
    assertThat(result.err()).isEmpty();
    assertThat(folder.resolve("apt.log")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup", "test"})
  void unknownOptionsAreWrongUsage(String command) throws Exception {
    Result result = machine.clarinet(command, "--fast", "--json");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("\"--fast\"").hasLineCount(1);
    assertThat(result.out())
        .startsWith("{\"error\":{\"kind\":\"usage\"")
        .contains("\\\"--fast\\\"");
    assertThat(machine.clarinet(command, "--help").out()).startsWith("Usage: clarinet " + command);
  }

  @Test
  void testNamesWhatItCannotInstall() throws Exception {
    machine.environment.put("CLARINET_NO_INSTALL", "1");
    Result result = machine.clarinet("test");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("the tests need " + PACKAGES);
  }

  /** Leaves a report in each of two modules. */
  private String testRun() {
    return ("cd '%1$s/target'; mkdir -p library/surefire-reports cli/surefire-reports; "
            + "cp '%2$s/report.xml' library/surefire-reports/TEST-a.xml; "
            + "cp '%2$s/nested.xml' cli/surefire-reports/TEST-b.xml")
        .formatted(
            machine.checkout,
            Path.of("src/cli/test/resources/io/clarinet/launcher").toAbsolutePath());
  }

  @Test
  void testListsSkippedTestsWithTheirReasons() throws Exception {
    machine.environment.put("CLARINET_TEST_WITHOUT_OPENCL", "1");
    machine.tool("mvn", testRun());
    Result result = machine.clarinet("test", "--json");
    assertThat(result.status()).isZero();
    assertThat(result.err())
        .contains("5 tests, 1 failed, 2 skipped")
        .contains("skipped ATest.aborted: no \"data\" <here> \\ & there\n")
        .contains("skipped ATest.disabled: not on a Sunday\n");
    assertThat(result.out())
        .isEqualTo(
            """
            {"passed":true,"tests":5,"failures":1,"native":"skipped","skipped":[\
            {"name":"ATest.disabled","reason":"not on a Sunday"},\
            {"name":"ATest.aborted","reason":"no \\"data\\" <here> \\\\ & there"}]}
            """);
  }

  @Test
  void aTestThatNoModuleHasFails() throws Exception {
    machine.environment.put("CLARINET_TEST_WITHOUT_OPENCL", "1");
    Result result = machine.clarinet("test", "-Dtest=NoSuchTest");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("clarinet: no test ran\n");
  }

  @Test
  void testCompilesWhatIsNoModule() throws Exception {
    machine.environment.put("CLARINET_TEST_WITHOUT_OPENCL", "1");
    machine.tool("mvn", testRun());
    assertThat(machine.clarinet("test").status()).isZero();
    machine.tool("mvn", testRun() + "; case $* in *src/train/pom.xml*) exit 1 ;; esac");
    assertThat(machine.clarinet("test").status()).isEqualTo(1);
  }

  @Test
  void testTriesTheJvmsKernelsOnAnotherJdkToo() throws Exception {
    machine.environment.put("CLARINET_TEST_WITHOUT_OPENCL", "1");
    machine.environment.put("CLARINET_TEST_JDK", System.getProperty("java.home"));
    machine.clarinet("test");
    String other = "-Dother.jdk=" + System.getProperty("java.home");
    List<String> calls = machine.mavenCalls();
    assertThat(calls).anyMatch(call -> call.contains(other) && call.contains(" deploy"));
    machine.clarinet("test", "-Dtest=SomeTest");
    assertThat(machine.mavenCalls().subList(calls.size(), machine.mavenCalls().size()))
        .isNotEmpty()
        .noneMatch(call -> call.contains("other.jdk"));
    machine.environment.put("CLARINET_TEST_JDK", folder.toString());
    Result failed = machine.clarinet("test");
    assertThat(failed.status()).isEqualTo(2);
    assertThat(failed.err()).contains("CLARINET_TEST_JDK=" + folder + " is no JDK 17 or newer");
  }

  /** The page's tests run in the browser that is there; their failure is the command's. */
  @Test
  void testDrivesThePageInABrowser() throws Exception {
    machine.tool("chromium", ":");
    Result result = machine.clarinet("test", "--browser", "--json");
    assertThat(result.out()).isEqualTo("{\"passed\":true}\n");
    assertThat(machine.mavenCalls())
        .last()
        .asString()
        .contains("-Dtest=PageBrowserTest -Dclarinet.browser=" + folder)
        .contains("/chromium test ");
    machine.tool("mvn", "exit 1");
    Result failed = machine.clarinet("test", "--browser", "--json");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEqualTo("{\"passed\":false}\n");
  }
}
