package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutputNamesTest {

  @Test
  void whatNeedsNoChangeStays() {
    assertThat(names("y", "softmax_1.out", "概率", "É", "a b", "-1"))
        .containsExactly("y", "softmax_1.out", "概率", "É", "a b", "-1");
  }

  @Test
  void noSystemForbidsThem() {
    assertThat(names("a/b", "out:0", "..", "100%", "a\nb\u001b", "NUL", "com1.x", "a\\b?"))
        .containsExactly(
            "a%2Fb", "out%3A0", "..", "100%25", "a%0Ab%1B", "%4EUL", "%63om1.x", "a%5Cb%3F");
  }

  @Test
  void noTwoAreTheSameAnywhere() {
    String tail = "x".repeat(300);
    List<String> names =
        names("a/b", "a_b", "a%2Fb", "A/B", "ı", "I", "i", "e\u0301", "é", tail + 1, tail + 2, "");
    assertThat(names.stream().map(n -> n.toLowerCase(Locale.ROOT)).distinct())
        .hasSize(names.size());
    assertThat(names).allMatch(name -> name.length() < 250);
  }

  private static List<String> names(String... values) {
    OutputNames names = new OutputNames();
    return Stream.of(values).map(names::fileName).toList();
  }
}
