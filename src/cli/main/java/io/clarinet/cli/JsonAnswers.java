package io.clarinet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;

/** Answers as JSON objects, each as in the {@code results} of {@code --json}. */
record JsonAnswers() implements AnswerLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String head() {
    return "";
  }

  @Override
  public boolean quotes() {
    return false;
  }

  @Override
  public String line(Answer answer) {
    try {
      return JSON.writeValueAsString(answer.toJson()) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String error(String line) {
    try {
      return JSON.readTree(line).at("/error/message").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
