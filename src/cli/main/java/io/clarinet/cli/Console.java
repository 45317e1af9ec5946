package io.clarinet.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where commands print. Native libraries print on descriptor 1 as they like, so the launcher points
 * it at standard error and hands the real standard output over as descriptor 0, which alone carries
 * results. Where a command reads standard input, that is handed over as another descriptor.
 */
final class Console {
  private static final String DESCRIPTOR = "CLARINET_STDOUT_FD";
  private static final String INPUT = "CLARINET_STDIN_FD";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .enable(SerializationFeature.INDENT_OUTPUT);
  private final Input input;
  private final Results results;
  private final PrintWriter text;
  private final PrintWriter errors;
  private final Terminal terminal;
  private final Terminal errorTerminal;
  private @Nullable StreamedJson streamed;

  /** Opens what a command reads beside its files. */
  @FunctionalInterface
  interface Input {
    InputStream open() throws IOException;
  }

  Console(OutputStream results, OutputStream errors) {
    this(results, Terminal.NONE, errors, Terminal.NONE);
  }

  Console(OutputStream results, Terminal terminal, OutputStream errors, Terminal errorTerminal) {
    this(InputStream::nullInputStream, results, terminal, errors, errorTerminal);
  }

  Console(
      Input input,
      OutputStream results,
      Terminal terminal,
      OutputStream errors,
      Terminal errorTerminal) {
    this.input = input;
    this.results = new Results(results);
    this.text = new PrintWriter(this.results, false, terminal.charset("stdout"));
    this.errors = new PrintWriter(errors, true, errorTerminal.charset("stderr"));
    this.terminal = terminal;
    this.errorTerminal = errorTerminal;
  }

  /** The console of this process. */
  static Console ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean handedOver = "0".equals(environment.get(DESCRIPTOR));
    String from = environment.get(INPUT);
    return new Console(
        from == null ? () -> System.in : () -> Files.newInputStream(Path.of("/dev/fd", from)),
        new FileOutputStream(handedOver ? FileDescriptor.in : FileDescriptor.out),
        Terminal.of(handedOver ? 0 : 1, environment),
        System.err,
        Terminal.of(2, environment));
  }

  /** Standard input. */
  InputStream input() throws IOException {
    return input.open();
  }

  /** Results for people. */
  PrintWriter text() {
    return text;
  }

  /** The stream of all output but results. */
  PrintWriter errors() {
    return errors;
  }

  /** Prints sentences among results, broken between words where the terminal ends. */
  void say(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    Table.wrapped(text, terminal.width()).forEach(this.text::println);
  }

  /** What results for people lead to. */
  Terminal terminal() {
    return terminal;
  }

  /** What all other output leads to. */
  Terminal errorTerminal() {
    return errorTerminal;
  }

  /** Prints one JSON document, or what ends the one that was begun. */
  void json(Map<String, ?> document) {
    try {
      if (streamed != null) {
        streamed.end(document);
        streamed = null;
        return;
      }
      text.println(JSON.writeValueAsString(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.flush();
  }

  /**
   * Begins a JSON document with these members and an array, which {@link #element} adds to and
   * {@link #json} ends, with its further members; a failure that is reported ends it too.
   */
  void beginJson(Map<String, ?> head, String array) {
    try {
      streamed = new StreamedJson(JSON, text, head, array);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints the next element of the array that was begun. */
  void element(Object value) {
    try {
      Objects.requireNonNull(streamed).add(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
