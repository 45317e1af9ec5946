package io.clarinet.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clarinet.diagnosis.Drivers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A program that answers questions about the drivers, one a line of standard input, until that
 * ends. Drivers print on standard output as they like, so an answer is the rest of a line after a
 * mark.
 */
public final class Interviewee {
  /** The mark, which no driver prints. */
  static final String MARK = "\u0002clarinet\u0003";

  static final String CHOICE = "choice";
  static final String LIBRARY = "library";

  /** Before the id of a platform. */
  static final String DEVICES = "devices ";

  /** Before the id of a device. */
  static final String CHECK = "check ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Interviewee() {}

  /** Says that it is there, then answers until there are no more questions. */
  public static void main(String[] none) throws IOException {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(MARK + "\n");
    out.flush();
    for (String next = questions.readLine(); next != null; next = questions.readLine()) {
      out.print(MARK + JSON.writeValueAsString(answer(next)) + "\n");
      out.flush();
    }
    System.exit(0);
  }

  /** What Java throws while a driver is asked is an answer too. */
  @SuppressWarnings("CatchingUnchecked")
  private static Map<String, ?> answer(String question) {
    try {
      return Map.of("answer", ask(question));
    } catch (Throwable e) {
      return Map.of("failure", e.toString());
    }
  }

  private static Object ask(String question) {
    if (question.equals(CHOICE)) {
      return Drivers.choice();
    }
    if (question.equals(LIBRARY)) {
      return Map.of("missing", Drivers.missing(), "platforms", Drivers.platforms());
    }
    return question.startsWith(DEVICES)
        ? Drivers.devices(question.substring(DEVICES.length()))
        : Drivers.check(question.substring(CHECK.length()));
  }
}
