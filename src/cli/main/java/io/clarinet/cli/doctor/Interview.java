package io.clarinet.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the drivers in a JVM of their own, as any of them may end or hold up its process with any
 * question. The question is then answered with that, and the next one goes to another JVM.
 */
final class Interview implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PRINTED = 20;
  private static final Duration START = Duration.ofMinutes(2);

  /** In place of an answer, where the process has ended. */
  private static final String END = "end";

  private static final Pattern KEPT =
      Pattern.compile("-X(?!run|debug|log|X:(ErrorFile|On|Shared|Archive|Flight)).*|--.*|-D.*");
  private static final Pattern FRAME = Pattern.compile("# Problematic frame:\\R# (.*)");

  private final Duration patience;
  private final Map<String, String> variables;
  private final Set<String> printed = new LinkedHashSet<>();
  private @Nullable Candidate candidate;

  /**
   * @param patience the longest wait for an answer
   * @param variables of the JVM's environment, besides this one's
   */
  Interview(Duration patience, Map<String, String> variables) {
    this.patience = patience;
    this.variables = variables;
  }

  /**
   * An answer.
   *
   * @param value null where there is none
   * @param failure why there is none; empty where there is one
   */
  record Answer(@Nullable JsonNode value, String failure) {
    static Answer none(String why) {
      return new Answer(null, why);
    }
  }

  /** A JVM that is asked. */
  private record Candidate(
      Process process, Writer questions, BlockingQueue<String> answers, Path errors) {}

  /** Asks one question. */
  Answer ask(String question) {
    try {
      Candidate asked = candidate;
      if (asked == null || !asked.process().isAlive()) {
        asked = start();
        candidate = asked;
        String ready = asked.answers().poll(START.toMillis(), TimeUnit.MILLISECONDS);
        if (!"".equals(ready)) {
          close();
          return Answer.none("no JVM could be started to ask it in; " + printed());
        }
      }
      asked.questions().write(question + "\n");
      asked.questions().flush();
      String line = asked.answers().poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        return lost(asked, "the driver gave no answer within " + patience.toSeconds() + " s");
      }
      return line.equals(END) ? lost(asked, "") : read(line);
    } catch (IOException e) {
      return Answer.none("no JVM could be started to ask it in: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none("interrupted");
    }
  }

  private static Answer read(String line) throws JsonProcessingException {
    JsonNode json = JSON.readTree(line);
    JsonNode answer = json.get("answer");
    return answer == null ? Answer.none(json.path("failure").asText()) : new Answer(answer, "");
  }

  /** What became of a JVM that answers no more. */
  private Answer lost(Candidate lost, String reason) throws InterruptedException, IOException {
    close();
    if (!reason.isEmpty()) {
      return Answer.none(reason);
    }
    int status = lost.process().waitFor();
    String log = Files.exists(lost.errors()) ? Files.readString(lost.errors()) : "";
    Files.deleteIfExists(lost.errors());
    Matcher frame = FRAME.matcher(log);
    return Answer.none(
        "the driver ended the process, with exit status "
            + status
            + (frame.find() ? ", in " + frame.group(1).strip() : ""));
  }

  private Candidate start() throws IOException {
    Path errors = Files.createTempFile("clarinet-doctor", ".log");
    Files.delete(errors);
    ProcessBuilder builder = new ProcessBuilder(command(errors)).redirectErrorStream(true);
    builder.environment().remove("CLARINET_STDOUT_FD");
    builder.environment().putAll(variables);
    Process process = builder.start();
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(process, answers), "drivers' answers");
    reader.setDaemon(true);
    reader.start();
    return new Candidate(process, process.outputWriter(StandardCharsets.UTF_8), answers, errors);
  }

  /** The JVM as this one was started, so that drivers meet the same. */
  private static List<String> command(Path errors) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.add("-XX:ErrorFile=" + errors);
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Interviewee.class.getName());
    return command;
  }

  /** The options of this JVM without those that only one can have. */
  static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> KEPT.matcher(option).matches())
        .toList();
  }

  private void read(Process process, BlockingQueue<String> answers) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int mark = line.indexOf(Interviewee.MARK);
        note(mark < 0 ? line : line.substring(0, mark));
        if (mark >= 0) {
          answers.add(line.substring(mark + Interviewee.MARK.length()));
        }
      }
    } catch (IOException e) {
      note(e.toString());
    }
    answers.add(END);
  }

  private synchronized void note(String line) {
    boolean ours = line.startsWith("#") || line.startsWith("WARNING: Using incubator modules");
    if (!line.isBlank() && !ours && printed.size() < MOST_PRINTED) {
      printed.add(line.strip());
    }
  }

  /** What drivers printed meanwhile, each line once. */
  synchronized List<String> printed() {
    return List.copyOf(printed);
  }

  @Override
  public void close() {
    Candidate last = candidate;
    candidate = null;
    if (last != null) {
      last.process().destroyForcibly();
    }
  }
}
