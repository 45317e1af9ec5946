package io.clarinet.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clarinet.launcher.FakeMachine.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the launcher is tested on Linux")
class LauncherTest {
  @TempDir Path folder;
  private FakeMachine machine;

  @BeforeEach
  void setUp() throws IOException {
    machine = new FakeMachine(folder);
    machine.addDriver();
  }

  @Test
  void buildsOnlyWhenASourceIsNewer() throws Exception {
    Result first = machine.clarinet("zoo");
    assertThat(first.status()).isZero();
    assertThat(first.err()).contains("clarinet: building").contains("noise of Maven");
    assertThat(first.out()).doesNotContain("noise");
    Result second = machine.clarinet("zoo");
    assertThat(second.err()).isEmpty();
    assertThat(machine.mavenCalls()).hasSize(1);
    for (String other : FakeMachine.OTHERS) {
      machine.touch(other);
    }
    machine.clarinet("zoo");
    assertThat(machine.mavenCalls()).hasSize(1);
    for (String source : FakeMachine.SOURCES) {
      machine = new FakeMachine(folder);
      int before = machine.mavenCalls().size();
      machine.clarinet("zoo");
      machine.touch(source);
      machine.clarinet("zoo");
      assertThat(machine.mavenCalls()).as(source).hasSize(before + 2);
    }
  }

  @Test
  void aFailedBuildIsTriedAgain() throws Exception {
    machine.tool("mvn", "exit 1");
    Result failed = machine.clarinet("zoo", "--json");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).endsWith("clarinet: the build failed\n");
    assertThat(failed.out())
        .isEqualTo("{\"error\":{\"kind\":\"internal\",\"message\":\"the build failed\"}}\n");
    machine.tool(
        "mvn",
        "mkdir -p '%1$s'; : >'%1$s/clarinet-cli.jar'"
            .formatted(machine.checkout + "/target/cli/lib"));
    assertThat(machine.clarinet("zoo").status()).isZero();
  }

  @Test
  void aBuildArchivesTheClassesThatLaterStartsMap() throws Exception {
    Path archive = machine.checkout.resolve("target/classes.jsa");
    Result first = machine.clarinet("zoo");
    assertThat(archive).exists();
    assertThat(archive.resolveSibling("archive")).doesNotExist();
    assertThat(first.out())
        .contains("<-XX:SharedArchiveFile=" + archive + ">\n")
        .doesNotContain("ArchiveClassesAtExit");
    Files.delete(archive);
    assertThat(machine.clarinet("zoo").out()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void aListOnStandardInputIsHandedOver() throws Exception {
    String launcher = machine.launcher().toString();
    List<String> piped = List.of("/bin/sh", "-c", "echo a.png | \"$0\" classify \"$@\"", launcher);
    assertThat(machine.run(with(piped, "--quiet", "-")).out()).contains("LIST=a.png\n");
    assertThat(machine.run(with(piped, "--quiet", "a-b")).out()).doesNotContain("LIST");
  }

  private static List<String> with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toList();
  }

  @Test
  void aServerMapsAnArchiveOfItsOwn() throws Exception {
    Path archive = machine.checkout.resolve("target/serve.jsa");
    assertThat(machine.clarinet("zoo").out()).doesNotContain("" + archive);
    assertThat(machine.clarinet("serve").out())
        .contains("<-XX:SharedArchiveFile=" + archive + ">\n");
    Files.delete(archive);
    assertThat(machine.clarinet("serve").out()).contains("target/classes.jsa>\n");
  }

  @Test
  void aServerThatHasNothingToDoSleeps() throws Exception {
    assertThat(machine.clarinet("serve").out())
        .contains("<-XX:AsyncDeflationInterval=10000>\n", "<-XX:GuaranteedSafepointInterval=0>\n");
    assertThat(machine.clarinet("classify").out()).doesNotContain("Interval");
    machine.addJdk("27", "java.base");
    assertThat(machine.clarinet("serve").out()).doesNotContain("Interval");
  }

  @Test
  void grpcIsOnTheClassPathWhereItIsAskedFor() throws Exception {
    String grpc = machine.checkout + "/target/grpc/lib/*>\n";
    assertThat(machine.clarinet("serve", "--grpc-port", "0").out()).contains(":" + grpc);
    assertThat(machine.clarinet("serve", "--grpc-port=0").out()).contains(":" + grpc);
    assertThat(machine.clarinet("serve").out()).doesNotContain(grpc);
  }

  @Test
  void aCutArchiveIsNotMapped() throws Exception {
    Path archive = machine.checkout.resolve("target/classes.jsa");
    machine.clarinet("zoo");
    Files.writeString(archive, "whole");
    Files.writeString(archive.resolveSibling("classes.jsa.size"), "    5\n");
    assertThat(machine.clarinet("zoo").out()).contains("SharedArchiveFile");
    Files.writeString(archive, "cut");
    assertThat(machine.clarinet("zoo").out()).doesNotContain("SharedArchiveFile");
    Files.delete(archive.resolveSibling("classes.jsa.size"));
    assertThat(machine.clarinet("zoo").out()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void argumentsArriveAsTheyWereGiven() throws Exception {
    Result result = machine.clarinet("classify", "a b.jpg", "*", "", "--top", "3");
    assertThat(result.out())
        .contains("<io.clarinet.cli.Main>\n<classify>\n<a b.jpg>\n<*>\n<>\n<--top>\n<3>\n")
        .contains("<-cp>\n<" + machine.checkout + "/target/cli/lib/*>\n")
        .contains("<--add-exports=java.base/jdk.internal.module=ALL-UNNAMED>\n")
        .doesNotContain("native-access");
  }

  @Test
  void runsThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), Path.of("check out/clarinet"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);
    Result result = machine.run(List.of(second.toString(), "zoo"));
    assertThat(result.out()).contains("<" + machine.checkout + "/target/cli/lib/*>\n");
  }

  @Test
  void givesAJdkTheOptionsThatItKnows() throws Exception {
    machine.addJdk("27", "java.base java.xml");
    assertThat(machine.clarinet("zoo").out())
        .contains("<--enable-native-access=ALL-UNNAMED>\n")
        .doesNotContain("add-exports")
        .doesNotContain("incubator");
    machine.addJdk("27", "java.base jdk.incubator.vector");
    assertThat(machine.clarinet("zoo").out()).contains("<--add-modules=jdk.incubator.vector>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_352", ""})
  void refusesAnOlderJdk(String version) throws Exception {
    machine.addJdk(version, "java.base");
    machine.tool("java", "");
    Result result = machine.clarinet("zoo");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("clarinet: no JDK 17 or newer (JAVA_HOME=" + machine.jdk)
        .endsWith("apt-get install default-jdk maven\n")
        .hasLineCount(1);
  }

  @Test
  void findsTheJdkOfTheJavaOnThePath() throws Exception {
    machine.environment.remove("JAVA_HOME");
    Files.createSymbolicLink(folder.resolve("tools/java"), machine.jdk.resolve("bin/java"));
    assertThat(machine.clarinet("zoo").out()).contains("<io.clarinet.cli.Main>");
    assertThat(machine.mavenCalls().get(0)).endsWith("JAVA_HOME=" + machine.jdk);
  }

  @Test
  void asksAJavaThatLiesInNoJdkForItsOwn() throws Exception {
    machine.environment.remove("JAVA_HOME");
    machine.tool("java", "echo '    java.home = " + machine.jdk + "' >&2");
    assertThat(machine.clarinet("zoo").out()).contains("<io.clarinet.cli.Main>");
    assertThat(machine.mavenCalls().get(0)).endsWith("JAVA_HOME=" + machine.jdk);
    machine.tool("java", "echo 'Unable to locate a Java Runtime.' >&2; exit 1");
    assertThat(machine.clarinet("zoo").err()).contains("no JDK 17 or newer").hasLineCount(1);
  }

  @Test
  void preloadsLibjsigForTheJvmAlone() throws Exception {
    String jdkLibraries = machine.jdk.resolve("lib").toString();
    assertThat(machine.clarinet("zoo").out())
        .contains("LD_PRELOAD=libjsig.so\n")
        .contains("LD_LIBRARY_PATH=" + jdkLibraries + "\n");
    Path plain = Files.createSymbolicLink(folder.resolve("jdk"), machine.jdk);
    machine.environment.put("JAVA_HOME", plain.toString());
    machine.environment.put("LD_PRELOAD", "libm.so.6");
    assertThat(machine.clarinet("zoo").out())
        .contains("LD_PRELOAD=libm.so.6:" + plain + "/lib/libjsig.so\n");
    assertThat(machine.mavenCalls().get(0)).contains("LD_PRELOAD= ");
  }

  @Test
  void pinsOnlyWhereAllProcessorsAreAllowed() throws Exception {
    String online = Files.readString(Path.of("/sys/devices/system/cpu/online")).strip();
    String status = Files.readString(Path.of("/proc/self/status"));
    assumeTrue(
        online.matches("0-\\d+") && status.contains("Cpus_allowed_list:\t" + online + "\n"),
        "this process may not use all processors of a machine with several");
    assertThat(machine.clarinet("zoo").out()).contains("PIN=1\n");
    List<String> onOne = List.of("taskset", "-c", "0", machine.launcher().toString(), "zoo");
    assertThat(machine.run(onOne).out()).contains("PIN=unset\n");
    machine.environment.put("POCL_AFFINITY", "0");
    assertThat(machine.clarinet("zoo").out()).contains("PIN=0\n");
  }

  @Test
  void poclHasNoMoreThreadsThanAContainersQuota() throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor can be no less");
    machine.quota("cpu.max", "max 100000");
    assertThat(machine.clarinet("zoo").out()).contains("THREADS=unset\n");
    machine.quota("cpu.max", "50000 100000");
    assertThat(machine.clarinet("zoo").out()).contains("PIN=unset\n", "THREADS=1\n");
    machine.environment.put("POCL_MAX_PTHREAD_COUNT", "3");
    assertThat(machine.clarinet("zoo").out()).contains("THREADS=3\n");
    machine.environment.remove("POCL_MAX_PTHREAD_COUNT");
    Files.delete(folder.resolve("cgroup/cpu.max"));
    machine.quota("cpu/cpu.cfs_period_us", "100000");
    machine.quota("cpu/cpu.cfs_quota_us", "-1");
    assertThat(machine.clarinet("zoo").out()).contains("THREADS=unset\n");
    machine.quota("cpu/cpu.cfs_quota_us", "100000");
    assertThat(machine.clarinet("zoo").out()).contains("THREADS=1\n");
  }

  private Path spare() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    machine.environment.put("TMPDIR", temporary.toString());
    return temporary.resolve("clarinet-cache-" + Files.getAttribute(temporary, "unix:uid"));
  }

  @Test
  void cachesThatCannotBeWrittenLieInAFolderOfTheUsersAlone() throws Exception {
    machine.clarinet("zoo");
    Path spare = spare();
    machine.environment.put("HOME", Files.createFile(folder.resolve("a file")).toString());
    Result result = machine.clarinet("classify");
    assertThat(result.out()).contains("CACHES=" + spare + "," + spare + "/pocl\n");
    assertThat(result.err())
        .startsWith("clarinet: cannot write " + folder + "/a file/.cache/pocl/kcache, ")
        .endsWith(": using " + spare + "\n")
        .hasLineCount(1);
    assertThat(Files.getPosixFilePermissions(spare))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(machine.clarinet("zoo").err()).isEmpty();
  }

  @Test
  void onlyTheCacheThatFailsIsReplaced() throws Exception {
    machine.clarinet("zoo");
    Path spare = spare();
    machine.environment.put("HOME", folder.resolve("hömé").toString());
    assertThat(machine.clarinet("devices"))
        .matches(result -> result.out().contains("CACHES=unset,unset\n"))
        .matches(result -> result.err().isEmpty());
    machine.environment.put("POCL_CACHE_DIR", "/proc/none");
    Result result = machine.clarinet("devices");
    assertThat(result.out()).contains("CACHES=unset," + spare + "/pocl\n");
    assertThat(result.err()).contains("cannot write /proc/none, or");
  }

  @Test
  void aFullDiskHoldsNoCache() throws Exception {
    machine.clarinet("zoo");
    Path spare = spare();
    machine.environment.put("HOME", folder.toString());
    machine.tool(
        "df",
        "echo Filesystem; case $2 in */clarinet-cache-*) free=99999 ;; *) free=100 ;; esac;"
            + " echo \"/dev/a 100000 1 $free 99% /\"");
    assertThat(machine.clarinet("run").out()).contains("CACHES=" + spare + ",");
    machine.tool("df", "echo Filesystem; echo '/dev/a 100000 1 100 99% /'");
    Result result = machine.clarinet("run");
    assertThat(result.out()).contains("CACHES=unset,unset\n");
    assertThat(result.err()).contains(", nor " + spare).hasLineCount(1);
  }

  @Test
  void fetchesThePeerOnce() throws Exception {
    String[] bench = {"bench", "--peer", "onnxruntime"};
    machine.clarinet("zoo");
    machine.tool(
        "mvn",
        "mkdir -p '%1$s/target/peer'; : >'%1$s/target/peer/onnxruntime-1.jar'; echo $* >'%2$s'"
            .formatted(machine.checkout, folder.resolve("call")));
    Result first = machine.clarinet(bench);
    assertThat(first.err()).contains("fetching ONNX Runtime");
    assertThat(first.out()).contains(":" + machine.checkout + "/target/peer/*>");
    assertThat(folder.resolve("call")).content().contains("-N -Ppeer");
    assertThat(machine.clarinet(bench).err()).isEmpty();
  }
}
