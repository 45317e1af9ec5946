package io.clarinet.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  private static String text(Object... entries) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new ReportText(out).print(map(entries));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(String.valueOf(entries[i]), entries[i + 1]);
    }
    return map;
  }

  @Test
  void allThatTheDocumentHoldsStandsInLines() {
    assertThat(
            text(
                "findings",
                List.of(map("problem", "a", "remedy", "b"), map("problem", "c", "remedy", "d")),
                "opencl",
                map("devices", List.of(map("id", "x", "memory_bytes", 2_500_000L, "fp16", false))),
                "environment",
                map("LD_PRELOAD", "x.so"),
                "printed",
                List.of("a line", "another")))
        .isEqualTo(
            """
            findings
              - problem: a
                remedy: b
              - problem: c
                remedy: d
            opencl
              devices
                - id: x
                  memory: 2.5 MB
                  fp16: no
            environment
              LD_PRELOAD: x.so
            printed
              - a line
              - another
            """);
  }

  @Test
  void whatIsEmptyGoesWithoutSayingButForSections() {
    assertThat(text("findings", List.of(), "default", map("device", "cpu", "passed_over", "")))
        .isEqualTo("findings: none\ndefault\n  device: cpu\n");
  }

  @Test
  void whatDriversWroteCannotSteerTheTerminal() {
    assertThat(text("opencl", map("a\u001b[2J", "x\u001b[31m\ny")))
        .isEqualTo("opencl\n  a?[2J: x?[31m y\n");
  }
}
