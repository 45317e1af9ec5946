package io.clarinet.cli;

import java.nio.file.Path;
import java.util.Locale;

/** A form in which answers are written, a line a picture. */
interface AnswerLines {

  /**
   * The form that the end of a file's name says.
   *
   * @param top the most classes of a picture; 0 for vectors
   * @throws IllegalArgumentException if it says none
   */
  static AnswerLines of(Path file, int top) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return new CsvAnswers(top);
    }
    if (name.endsWith(".jsonl")) {
      return new JsonAnswers();
    }
    throw new IllegalArgumentException(
        file + " ends in neither .csv nor .jsonl, which says how answers are written");
  }

  /** The first line with its end; empty if there is none. */
  String head();

  /** Whether a line may go on over a line's end that stands between quotes. */
  boolean quotes();

  /** An answer's line, with its end. */
  String line(Answer answer);

  /** Why a line that is no head has no answer; empty if it has one. */
  String error(String line);
}
