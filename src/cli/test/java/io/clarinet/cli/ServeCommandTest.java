package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.server.http.Answered;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code serve} takes, and refuses before it listens. */
class ServeCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private int serve(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "serve";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.run(new Console(out, errors), all);
  }

  @ParameterizedTest
  @CsvSource({
    "--host 0.0.0.0, CLARINET_TOKEN",
    "--model a=resnet18 --model a=vgg16, two models are named a",
    "--model a/b=resnet18, no name to serve a model by",
    "--max-delay 3, is not a time",
    "--max-batch 0, is not a whole number",
    "--key-store none.p12, CLARINET_KEY_STORE_PASSWORD",
    "--log xml, Invalid value",
  })
  void whatCannotBeIsRefused(String arguments, String why) {
    assertThat(serve(arguments.split(" "))).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains(why);
  }

  @Test
  void anEmptyTokenIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), " \n");
    assertThat(serve("--token-file", file.toString())).isEqualTo(1);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("holds no token");
  }

  @Test
  void timesAreRead() {
    assertThat(new TimeSpan().convert("2ms")).isEqualTo(Duration.ofMillis(2));
    assertThat(new TimeSpan().convert("30S")).isEqualTo(Duration.ofSeconds(30));
    assertThat(new TimeSpan().convert("5m")).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void anAnswerIsALineWhateverItsPathHolds() {
    Answered answered =
        new Answered("id", "GET", "", "/a\nb \u001b[31m", 404, 3, 20, 1_500_000, "00-1");
    assertThat(AccessLog.NONE.line(answered)).isEmpty();
    assertThat(AccessLog.TEXT.line(answered).orElseThrow())
        .endsWith(" GET /a?b??[31m 404 1.5 ms 3>20 id")
        .doesNotContain("\n", "\u001b");
    assertThat(AccessLog.JSON.line(answered).orElseThrow())
        .contains("\"path\":\"/a\\nb \\u001B[31m\"", "\"status\":404", "\"traceparent\":\"00-1\"")
        .doesNotContain("\n", "\u001b");
  }
}
