package io.clarinet.cli;

import java.util.List;

/** Where the answers to many pictures go, in their order. */
interface AnswerSink {

  /**
   * Takes the next answers; whether more are wanted.
   *
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  boolean take(List<Answer> answers);
}
