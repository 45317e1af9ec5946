package io.clarinet.cli;

import io.clarinet.cli.folder.LineFile;
import io.clarinet.cli.folder.RunRecord;
import io.clarinet.cli.folder.WholeLines;
import io.clarinet.file.FileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Answers in a file that grows with each batch, a line a picture. */
final class AnswerFile implements AnswerSink, Closeable {
  /** Errors that are listed; a file may have any number. */
  private static final int LISTED = 100;

  private final Path file;
  private final AnswerLines form;
  private final LineFile lines;

  private AnswerFile(Path file, AnswerLines form, LineFile lines) {
    this.file = file;
    this.form = form;
    this.lines = lines;
  }

  /** Whether there are answers of another run, which only going on keeps. */
  static boolean isBegun(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) > 0;
  }

  /**
   * Begins a file, or goes on with one.
   *
   * @param record how the answers are made
   * @param batch pictures that run together, and so are asked again where one is missing
   * @throws FileException if it cannot be written, or its answers were made in another way
   */
  static AnswerFile open(Path file, AnswerLines form, RunRecord record, int batch, int pictures)
      throws IOException {
    if (isBegun(file)) {
      record.requireSame(file);
    } else {
      record.write(file);
    }
    return new AnswerFile(
        file, form, LineFile.open(file, form.head(), form.quotes(), batch, pictures));
  }

  /** Pictures that have an answer. */
  int count() {
    return Math.toIntExact(lines.lines());
  }

  @Override
  public boolean take(List<Answer> answers) {
    try {
      lines.append(answers.stream().map(form::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  /**
   * Tells of the pictures that have no answer, those of runs before included; whether all have one.
   *
   * @param brief whether nothing but these is told
   */
  boolean report(Console console, boolean brief) throws IOException {
    List<String> listed = new ArrayList<>();
    long failed = errors(listed);
    if (failed > 0) {
      console.errors().printf("clarinet: %d of %d pictures have no answer:%n", failed, count());
      listed.forEach(error -> console.errors().println("  " + error));
    }
    if (failed > listed.size()) {
      console.errors().printf("  and %d more; %s has all.%n", failed - listed.size(), file);
    }
    if (!brief) {
      console.text().printf("%s: %d pictures%n", file, count());
    }
    return failed == 0;
  }

  /** The number of lines that have an error, the first of which are added to a list. */
  private long errors(List<String> first) throws IOException {
    long errors = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      WholeLines whole = new WholeLines(in, form.quotes());
      if (!form.head().isEmpty()) {
        whole.next();
      }
      for (String line = whole.next(); line != null; line = whole.next()) {
        String error = form.error(line);
        if (!error.isEmpty() && errors++ < LISTED) {
          first.add(error);
        }
      }
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
    return errors;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
