package io.clarinet.cli;

import io.clarinet.Prediction;
import io.clarinet.cli.folder.Csv;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers as comma-separated values: the picture, each class with its probability or the vector in
 * one column with blanks between, and the error.
 *
 * @param top classes that have columns; 0 for the vector
 */
record CsvAnswers(int top) implements AnswerLines {
  @Override
  public String head() {
    List<String> names = new ArrayList<>(List.of("image"));
    if (top == 0) {
      names.add("embedding");
    }
    for (int i = 1; i <= top; i++) {
      String number = i == 1 ? "" : "_" + i;
      names.addAll(List.of("label" + number, "probability" + number));
    }
    names.add("error");
    return Csv.line(names);
  }

  @Override
  public boolean quotes() {
    return true;
  }

  @Override
  public String line(Answer answer) {
    List<String> values = new ArrayList<>(List.of(answer.image()));
    if (top == 0) {
      values.add(answer.joined(" "));
    }
    for (int i = 0; i < top; i++) {
      boolean there = i < answer.predictions().size();
      Prediction p = there ? answer.predictions().get(i) : new Prediction(0, "", 0);
      values.addAll(List.of(p.label(), there ? Float.toString(p.probability()) : ""));
    }
    values.add(answer.failure() == null ? "" : answer.failure().message());
    return Csv.line(values);
  }

  @Override
  public String error(String line) {
    List<String> values = Csv.values(line);
    return values.get(values.size() - 1);
  }
}
