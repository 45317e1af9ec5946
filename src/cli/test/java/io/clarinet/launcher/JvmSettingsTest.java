package io.clarinet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JVM of a command lacks. */
class JvmSettingsTest {
  private static final String VECTORS = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

  @TempDir Path folder;
  private Path jdk;

  @BeforeEach
  void makeJdk() throws IOException {
    jdk = jdk("jdk");
  }

  private Path jdk(String name) throws IOException {
    Path home = folder.resolve(name);
    Files.createFile(Files.createDirectories(home.resolve("lib")).resolve("libjsig.so"));
    return home;
  }

  private Host host(int java, List<String> given, Map<String, String> environment) {
    return new Host(OperatingSystem.LINUX, java, jdk, given, environment, true, 0);
  }

  @Test
  void aJvmThatHasAllLacksNothing() {
    for (int java : new int[] {17, 21, 22, 25}) {
      JvmSettings missing = JvmSettings.missing(host(java, List.of(), Map.of()));
      assertThat(missing.isNone()).isFalse();
      Host second = host(java, missing.options(), missing.variables());
      assertThat(JvmSettings.missing(second)).matches(JvmSettings::isNone);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+UseG1GC, -XX:+UseSerialGC",
    "-XX:+UseZGC, -XX:+UseSerialGC",
    "-Xmx32m, -Xms64m",
    "-XX:MaxRAMPercentage=5, -Xms64m",
    "-XX:MaxDirectMemorySize=1g, -XX:MaxDirectMemorySize=64g",
    "--add-modules=java.sql;jdk.incubator.vector, " + VECTORS
  })
  void theUsersAnswerCounts(String given, String left) {
    List<String> all = JvmSettings.missing(host(17, List.of(), Map.of())).options();
    List<String> others = new ArrayList<>(all);
    assertThat(others.remove(left)).isTrue();
    List<String> options = List.of("-Dother=1", given.replace(';', ','));
    assertThat(JvmSettings.missing(host(17, options, Map.of())).options()).isEqualTo(others);
  }

  @Test
  void theLaunchersFurtherOptionsCountToo() {
    Map<String, String> environment = Map.of("CLARINET_JAVA_OPTS", " -Xmx4g  -XX:+UseG1GC ");
    assertThat(JvmSettings.missing(host(17, List.of(), environment)).options())
        .endsWith("-Xmx4g", "-XX:+UseG1GC")
        .doesNotContain("-Xms64m", "-XX:+UseSerialGC");
  }

  @Test
  void aServersJvmLacksRoomForBodiesAndSleep() {
    for (int java : new int[] {17, 25}) {
      JvmSettings missing = JvmSettings.missing(host(java, List.of(), Map.of()), "serve");
      assertThat(missing.options())
          .contains("-Xms256m", "-Xmn192m", "-XX:AsyncDeflationInterval=10000")
          .doesNotContain("-Xms64m");
      Host second = host(java, missing.options(), missing.variables());
      assertThat(JvmSettings.missing(second, "serve")).matches(JvmSettings::isNone);
    }
    assertThat(JvmSettings.missing(host(26, List.of(), Map.of()), "serve").options())
        .contains("-Xmn192m")
        .noneMatch(option -> option.contains("Interval"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx128m", "-Xmn1m", "-XX:NewSize=1m", "-XX:NewRatio=1", "-XX:+UseG1GC"})
  void aServersBodiesHaveTheRoomThatTheUserGives(String given) {
    assertThat(JvmSettings.missing(host(17, List.of(given), Map.of()), "serve").options())
        .doesNotContain("-Xmn192m")
        .contains("-XX:GuaranteedSafepointInterval=0");
  }

  @Test
  void aJdkGetsTheOptionsThatItKnows() {
    assertThat(JvmSettings.missing(host(21, List.of(), Map.of())).options())
        .contains(VECTORS)
        .noneMatch(option -> option.contains("native-access"));
    assertThat(JvmSettings.missing(host(25, List.of(), Map.of())).options())
        .contains(VECTORS, "--enable-native-access=ALL-UNNAMED");
    assertThat(JvmSettings.missing(host(26, List.of(), Map.of())).options())
        .doesNotContain(VECTORS)
        .contains("--add-modules=jdk.incubator.vector");
  }

  @Test
  void libjsigComesAfterWhatIsPreloaded() throws IOException {
    String library = jdk.resolve("lib/libjsig.so").toString();
    assertThat(variables(Map.of())).containsEntry("LD_PRELOAD", library);
    assertThat(variables(Map.of("LD_PRELOAD", "libm.so.6")))
        .containsEntry("LD_PRELOAD", "libm.so.6:" + library);
    assertThat(variables(Map.of("LD_PRELOAD", "/x/libjsig.so"))).doesNotContainKey("LD_PRELOAD");
    jdk = jdk("a jdk");
    assertThat(variables(Map.of("LD_LIBRARY_PATH", "/y")))
        .containsEntry("LD_PRELOAD", "libjsig.so")
        .containsEntry("LD_LIBRARY_PATH", jdk.resolve("lib") + ":/y");
    jdk = jdk("a:jdk");
    assertThat(variables(Map.of())).doesNotContainKey("LD_PRELOAD");
    jdk = folder;
    assertThat(variables(Map.of())).doesNotContainKey("LD_PRELOAD");
  }

  private Map<String, String> variables(Map<String, String> environment) {
    return JvmSettings.missing(host(17, List.of(), environment)).variables();
  }

  @Test
  void poclIsPinnedWhereItMayBeAndNobodyElseHasSaid() {
    assertThat(variables(Map.of())).containsEntry("POCL_AFFINITY", "1");
    assertThat(variables(Map.of("POCL_AFFINITY", "0"))).doesNotContainKey("POCL_AFFINITY");
    Host confined = new Host(OperatingSystem.LINUX, 17, jdk, List.of(), Map.of(), false, 0);
    assertThat(JvmSettings.missing(confined).variables()).doesNotContainKey("POCL_AFFINITY");
  }

  @Test
  void poclHasAsManyThreadsAsItsShareWhereThatIsNotTheMachine() {
    Host contained = new Host(OperatingSystem.LINUX, 17, jdk, List.of(), Map.of(), true, 2);
    assertThat(JvmSettings.missing(contained).variables())
        .containsEntry("POCL_MAX_PTHREAD_COUNT", "2")
        .doesNotContainKey("POCL_AFFINITY");
    Map<String, String> theirs = Map.of("POCL_CPU_MAX_CU_COUNT", "7");
    Host told = new Host(OperatingSystem.LINUX, 17, jdk, List.of(), theirs, true, 2);
    assertThat(JvmSettings.missing(told).variables())
        .doesNotContainKeys("POCL_MAX_PTHREAD_COUNT", "POCL_AFFINITY");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0-3, 4", "'0-1,4', 3", "'', 0"})
  void processorsAreCounted(String list, int count) {
    assertThat(Processors.count(list)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({
    "0-3, 0-3, true",
    "0, 0, true",
    "0-1, 0-3, false",
    "1-3, 1-3, false",
    "'0,2', '0,2', false",
    "'0-1,4', '0-1,4', false",
    "'', '', false"
  })
  void processorsAreAllFromZero(String allowed, String online, boolean all) {
    assertThat(Processors.allAllowed(allowed, online)).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WINDOWS", "MACOS", "OTHER"})
  void onlyLinuxHasAPreload(OperatingSystem system) {
    Host host = new Host(system, 17, jdk, List.of(), Map.of(), false, 0);
    assertThat(JvmSettings.missing(host).variables()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
        "-Xrunjdwp:server=y",
        "-Dcom.sun.management.jmxremote.port=9010"
      })
  void aJvmThatListensIsNoneToStartAgain(String option) {
    assertThat(host(17, List.of("-Xmx1g", option), Map.of()).listens()).isTrue();
    assertThat(host(17, List.of("-Xmx1g"), Map.of()).listens()).isFalse();
  }

  /** The launcher is a shell script, so it knows all of this a second time. */
  @ParameterizedTest
  @CsvSource({"17, zoo", "21, zoo", "22, zoo", "25, zoo", "25, serve", "26, serve"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the launcher is tested on Linux")
  void theLauncherSetsTheSame(int java, String command) throws Exception {
    FakeMachine machine = new FakeMachine(folder);
    machine.addDriver();
    machine.addJdk(java + ".0.1", "java.base jdk.incubator.vector");
    List<String> lines = machine.clarinet(command).out().lines().toList();
    Host host =
        new Host(
            OperatingSystem.LINUX,
            java,
            machine.jdk,
            List.of(),
            Map.of(),
            Processors.allAllowed(),
            0);
    JvmSettings settings = JvmSettings.missing(host, command);
    assertThat(options(lines)).containsExactlyInAnyOrderElementsOf(settings.options());
    assertThat(lines)
        .contains("LD_PRELOAD=" + settings.variables().get("LD_PRELOAD"))
        .contains("LD_LIBRARY_PATH=" + settings.variables().get("LD_LIBRARY_PATH"))
        .contains("PIN=" + settings.variables().getOrDefault("POCL_AFFINITY", "unset"));
  }

  /** The JVM's options, but for those about the archive of classes, which only a build has. */
  private static Stream<String> options(List<String> lines) {
    return lines.stream()
        .takeWhile(line -> !line.equals("<-cp>"))
        .filter(line -> line.startsWith("<"))
        .map(line -> line.substring(1, line.length() - 1))
        .filter(option -> !option.matches("-Xlog:cds.*|-XX:SharedArchiveFile=.*"));
  }
}
