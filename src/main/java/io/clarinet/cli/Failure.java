package io.clarinet.cli;

import io.clarinet.ClassifierException;
import io.clarinet.DeviceChoiceException;
import io.clarinet.image.ImageException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What went wrong, as a command reports it.
 *
 * @param kind usage, not_found, invalid_file, unsupported, device, memory or internal
 */
record Failure(String kind, String message) {

  /** The failure that an exception stands for. */
  static Failure of(Throwable e) {
    return new Failure(kind(e), message(e));
  }

  private static String kind(Throwable e) {
    if (e instanceof ParameterException) {
      return "usage";
    }
    if (e instanceof DeviceChoiceException choice) {
      return choice.isAmbiguous() ? "usage" : "device";
    }
    if (e instanceof ClassifierException classifier) {
      return switch (classifier.kind()) {
        case NO_CLASSIFIER -> "unsupported";
        case NO_PROBABILITY -> "invalid_file";
      };
    }
    if (e instanceof io.clarinet.importer.ModelFormatException format) {
      return switch (format.kind()) {
        case NOT_FOUND -> "not_found";
        case INVALID -> "invalid_file";
        case UNSUPPORTED -> "unsupported";
        case MEMORY -> "memory";
      };
    }
    if (e instanceof NoSuchFileException) {
      return "not_found";
    }
    if (e instanceof ImageException) {
      return "invalid_file";
    }
    if (e instanceof io.clarinet.plan.DeviceException) {
      return "device";
    }
    if (e instanceof OutOfMemoryError || e instanceof io.clarinet.plan.PlanException) {
      return "memory";
    }
    return e instanceof IllegalArgumentException ? "invalid_file" : "internal";
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    if (e instanceof NoSuchFileException) {
      return "there is no file " + message;
    }
    return message == null ? e.toString() : message;
  }

  int exitStatus() {
    return kind.equals("usage") ? 2 : 1;
  }

  Map<String, String> toJson() {
    return Map.of("kind", kind, "message", message);
  }

  /** Prints a failed command's one line, or its JSON document, and gives its status. */
  static int report(Console console, Throwable e, String... arguments) {
    Failure failure = of(e);
    if (Arrays.asList(arguments).contains("--json")) {
      console.json(Map.of("error", failure.toJson()));
    } else {
      console.errors().println("clarinet: " + failure.message());
      if (e instanceof ParameterException usage) {
        CommandLine.UnmatchedArgumentException.printSuggestions(usage, console.errors());
        String name = usage.getCommandLine().getCommandSpec().qualifiedName();
        console.errors().println("Try '" + name + " --help'.");
      }
    }
    if (Arrays.asList(arguments).contains("--verbose")) {
      e.printStackTrace(console.errors());
    }
    return failure.exitStatus();
  }
}
