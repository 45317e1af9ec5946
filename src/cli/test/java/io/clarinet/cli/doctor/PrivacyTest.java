package io.clarinet.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyTest {
  private final Privacy privacy =
      new Privacy(
          Stream.of("/srv/people/anna/", "C:\\Users\\Anna", null, ""),
          "anna",
          Stream.of("box.example.org", null));

  @ParameterizedTest
  @CsvSource({
    "/srv/people/anna/.cache/clarinet, ~/.cache/clarinet",
    "/srv/people/anna, ~",
    "LD_PRELOAD=/srv/people/anna/x.so:/usr/lib/y.so, LD_PRELOAD=~/x.so:/usr/lib/y.so",
    "/srv/people/annabel/x, /srv/people/annabel/x",
    "/home/bob/x and /Users/eve/y, /home/…/x and /Users/…/y",
    "c:\\users\\anna\\AppData, ~\\AppData",
    "D:\\Users\\Bob\\x, D:\\Users\\…\\x",
    "/data/anna/x, /data/<user>/x",
    "made by anna on box, made by <user> on <host>",
    "box.example.org said it, <host> said it",
    "sandbox and anna2, sandbox and anna2",
    "/usr/lib/jvm/java-17/lib/libjsig.so, /usr/lib/jvm/java-17/lib/libjsig.so"
  })
  void namesAreHidden(String text, String hidden) {
    assertThat(privacy.hidden(text)).isEqualTo(hidden);
  }

  @Test
  void namesThatAreNoSecretStay() {
    Privacy root = new Privacy(Stream.of("/"), "root", Stream.of("localhost", "v"));
    assertThat(root.hidden("root of / on localhost, a v")).isEqualTo("root of / on localhost, a v");
  }

  @Test
  void everyTextOfADocumentIsHidden() {
    assertThat(privacy.hidden(Map.of("box", List.of("anna", Map.of("anna.icd", "anna"), 7))))
        .isEqualTo(Map.of("box", List.of("<user>", Map.of("<user>.icd", "<user>"), 7)));
  }

  @ParameterizedTest
  @CsvSource({
    "-Xmx1g, -Xmx1g",
    "-Dpassword=secret, -Dpassword=…",
    "-Dclarinet.block=8, -Dclarinet.block=8",
    "--add-modules=x, --add-modules=x",
    "-javaagent:a.jar=key, -javaagent:a.jar=…"
  })
  void valuesOfUnknownOptionsAreNotShown(String option, String shown) {
    assertThat(JavaFacts.shown(option)).isEqualTo(shown);
  }
}
