package io.clarinet.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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
  private final Results results;
  private final PrintWriter text;
  private final PrintWriter errors;

  Console(OutputStream results, OutputStream errors) {
    this.results = new Results(results);
    this.text = new PrintWriter(this.results, false, StandardCharsets.UTF_8);
    this.errors = new PrintWriter(errors, true, StandardCharsets.UTF_8);
  }

  /** The console of this process. */
  static Console ofProcess() {
    return new Console(results(), System.err);
  }

  private static OutputStream results() {
    boolean handedOver = "0".equals(System.getenv(DESCRIPTOR));
    return new FileOutputStream(handedOver ? FileDescriptor.in : FileDescriptor.out);
  }

  /** Results for people. */
  PrintWriter text() {
    return text;
  }

  /** The stream of all output but results. */
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

  /** Why results did not arrive, or null if all did. */
  @Nullable IOException failure() {
    flush();
    return results.failure;
  }

  /** Remembers what a {@link PrintWriter} keeps to itself. */
  private static final class Results extends FilterOutputStream {
    private @Nullable IOException failure;

    Results(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
