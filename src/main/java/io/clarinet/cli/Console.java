package io.clarinet.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Where commands print. Native libraries print on descriptor 1 as they like, so the launcher points
 * it at standard error and hands the real standard output over as descriptor 0, which alone carries
 * results.
 */
final class Console {
  private static final String DESCRIPTOR = "CLARINET_STDOUT_FD";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .enable(SerializationFeature.INDENT_OUTPUT);
  private final PrintWriter text;
  private final PrintWriter errors;

  Console(OutputStream results, OutputStream errors) {
    this.text = new PrintWriter(results, false, StandardCharsets.UTF_8);
    this.errors = new PrintWriter(errors, true, StandardCharsets.UTF_8);
  }

  /** The console of this process. */
  static Console ofProcess() {
    return new Console(results(), System.err);
  }

  private static OutputStream results() {
    boolean handedOver = "0".equals(System.getenv(DESCRIPTOR));
    return handedOver ? new FileOutputStream(FileDescriptor.in) : System.out;
  }

  /** Results for people. */
  PrintWriter text() {
    return text;
  }

  /** Everything that is not a result. */
  PrintWriter errors() {
    return errors;
  }

  /** Prints one JSON document. */
  void json(Object document) {
    try {
      text.println(JSON.writeValueAsString(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.flush();
  }

  void flush() {
    text.flush();
    errors.flush();
  }
}
