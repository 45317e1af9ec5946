package io.clarinet.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the job was told.
 *
 * @param input a folder, or a pattern of folders
 * @param glob the names of the files that are meant, such as {@code *.{jpg,png}}
 * @param perTask pictures of a task, which are one file of the output
 */
record JobArguments(String input, String output, String glob, int perTask, ClassifyOptions asked) {
  static final String USAGE =
      "--input FOLDER --output FOLDER [--model M] [--shared] [--arch NAME] [--preprocess P]"
          + " [--labels FILE] [--embedding VALUE] [--device D] [--batch N] [--glob PATTERN]"
          + " [--pictures-per-task N]";
  private static final int PER_TASK = 1000;

  JobArguments {
    if (input.isEmpty() || output.isEmpty()) {
      throw new IllegalArgumentException("which pictures, and where to? " + USAGE);
    }
    if (perTask < 1) {
      throw new IllegalArgumentException("--pictures-per-task starts at 1");
    }
  }

  static JobArguments parse(String... arguments) throws IOException {
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    String input = "";
    String output = "";
    String glob = "*";
    int perTask = PER_TASK;
    ClassifyOptions asked = ClassifyOptions.bundled();
    while (!rest.isEmpty()) {
      String option = rest.remove();
      switch (option) {
        case "--input" -> input = value(option, rest);
        case "--output" -> output = value(option, rest);
        case "--glob" -> glob = value(option, rest);
        case "--pictures-per-task" -> perTask = number(option, rest);
        default -> asked = with(asked, option, rest);
      }
    }
    return new JobArguments(input, output, glob, perTask, asked);
  }

  private static ClassifyOptions with(ClassifyOptions asked, String option, Deque<String> rest)
      throws IOException {
    return switch (option) {
      case "--model" -> asked.withModel(value(option, rest));
      case "--shared" -> asked.withSharedPath();
      case "--arch" -> asked.withArchitecture(value(option, rest));
      case "--preprocess" -> asked.withPreprocess(value(option, rest));
      case "--labels" -> asked.withLabels(Path.of(value(option, rest)));
      case "--embedding" -> asked.withEmbedding(value(option, rest));
      case "--device" -> asked.withDevice(value(option, rest));
      case "--batch" -> asked.withBatch(number(option, rest));
      default -> throw new IllegalArgumentException("no option \"" + option + "\"; " + USAGE);
    };
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " wants a value");
    }
    return rest.remove();
  }

  private static int number(String option, Deque<String> rest) {
    String text = value(option, rest);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " wants a number, not " + text, e);
    }
  }
}
