package io.clarinet.cli;

import io.clarinet.cli.Terminal.Style;
import java.util.List;

/** Answers printed for people or programs, until nobody reads them any longer. */
record ConsoleAnswers(Console console, boolean json, boolean quiet) implements AnswerSink {
  @Override
  public boolean take(List<Answer> answers) {
    answers.forEach(this::print);
    console.flush();
    return console.failure() == null;
  }

  private void print(Answer answer) {
    if (json) {
      console.element(answer.toJson());
      return;
    }
    if (answer.failure() != null) {
      console.errors().println("clarinet: " + answer.failure().message());
    }
    if (quiet) {
      console.text().println(answer.names());
    } else if (answer.failure() == null) {
      console.text().println(console.terminal().styled(Style.TITLE, answer.image()));
      answer.lines().forEach(console.text()::println);
    }
  }
}
