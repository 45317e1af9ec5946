package io.clarinet.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.server.http.Router;
import io.clarinet.server.http.StatusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated requests, guided by coverage, in a JVM of Jazzer's own: a few from a fixed seed, or as
 * many as {@code -Dfuzz.http.runs} says, from {@code -Dfuzz.seed}. What breaks the contract is kept
 * in {@code target/fuzz/http}.
 */
class HttpFuzzTest {
  private static final int RUNS = Integer.getInteger("fuzz.http.runs", 400);
  private static final int SEED = Integer.getInteger("fuzz.seed", 1);
  private static final int MAX_BYTES = 4000;
  private static final int HANG_SECONDS = 60;
  private static final String GUIDES =
      "io.clarinet.server.http.**:io.clarinet.server.v2.**:io.clarinet.server.picture.**"
          + ":com.fasterxml.jackson.core.**";

  @TempDir Path corpus;

  /** The seeds are what they are meant to be: all but these are answered well. */
  @Test
  void seedsAreRequests() throws IOException {
    HttpContract contract = new HttpContract();
    for (Map.Entry<String, byte[]> seed : HttpSeeds.all().entrySet()) {
      String said = contract.said(seed.getValue());
      assertThat(said).as(seed.getKey()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aReplyThatTellsTooMuchBreaksTheContract() {
    HttpContract contract =
        new HttpContract(
            List.of(
                new Router.Route(
                    "GET",
                    "/tells",
                    true,
                    request -> {
                      throw new StatusException(400, "java.lang.IllegalStateException");
                    }),
                new Router.Route(
                    "GET",
                    "/fails",
                    true,
                    request -> {
                      throw new IllegalStateException("fails");
                    })));
    assertThatThrownBy(() -> contract.check(get("/tells"))).hasMessageContaining("tells");
    assertThatThrownBy(() -> contract.check(get("/fails"))).hasMessageContaining("status 500");
  }

  /** JSON spells a control character before a word by letters. */
  @Test
  void aClientsOwnWordsMayComeBack() {
    Router.Route says =
        new Router.Route(
            "GET",
            "/says",
            true,
            request -> {
              throw new StatusException(400, "not \0Exception, \nParseException, SyntaxError");
            });
    HttpContract contract = new HttpContract(List.of(says));
    contract.check(get("/says?\\u0050arseException,SyntaxError"));
    assertThatThrownBy(() -> contract.check(get("/says?ParseException")))
        .hasMessageContaining("SyntaxError");
  }

  private static byte[] get(String path) {
    return (" GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void mutatedRequestsKeepTheContract() throws Exception {
    Path seeds = corpus.resolve("seeds");
    HttpSeeds.write(seeds);
    Path found = Files.createDirectories(Path.of("target/fuzz/http"));
    Path log = found.resolve("log.txt");
    Process jazzer =
        new ProcessBuilder(command(seeds, found))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = jazzer.waitFor(RUNS / 50 + 300, TimeUnit.SECONDS);
    jazzer.destroyForcibly();
    assertThat(ended).as("ended in time; see %s", log).isTrue();
    assertThat(jazzer.exitValue()).as("%s", tail(log)).isZero();
    assertThat(Files.readString(log)).contains("Done " + RUNS + " runs");
  }

  private List<String> command(Path seeds, Path found) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + HttpFuzz.class.getName());
    command.add("--instrumentation_includes=" + GUIDES);
    command.add("--custom_hook_excludes=**");
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*");
    command.add("--reproducer_path=" + found);
    command.addAll(List.of("-runs=" + RUNS, "-seed=" + SEED, "-max_len=" + MAX_BYTES));
    command.addAll(
        List.of("-timeout=" + HANG_SECONDS, "-rss_limit_mb=0", "-len_control=0", "-entropic=0"));
    command.add("-artifact_prefix=" + found + "/");
    command.add(Files.createDirectories(corpus.resolve("new")).toString());
    command.add(seeds.toString());
    return command;
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
