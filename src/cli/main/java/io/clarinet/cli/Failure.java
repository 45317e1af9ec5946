package io.clarinet.cli;

import io.clarinet.DeviceChoiceException;
import io.clarinet.backend.DeviceException;
import io.clarinet.classify.ClassifierException;
import io.clarinet.file.FileException;
import io.clarinet.file.NearNames;
import io.clarinet.file.OneLine;
import io.clarinet.hub.HubException;
import io.clarinet.image.ImageException;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.plan.PlanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A failure as a command reports it.
 *
 * @param kind usage, not_found, invalid_file, unsupported, io (the system refuses a file), network
 *     (a hub refuses, or cannot be reached), interrupted, device, memory or internal
 * @param message one line
 */
record Failure(String kind, String message) {
  private static final String MORE_MEMORY = "; CLARINET_JAVA_OPTS=-Xmx8g gives the JVM more";
  private static final String LARGER_STACK = "; CLARINET_JAVA_OPTS=-Xss64m makes it larger";

  /** The failure that an exception or error stands for. */
  static Failure of(Throwable e) {
    if (e instanceof UncheckedIOException && e.getCause() instanceof IOException cause) {
      return of(cause);
    }
    return new Failure(kind(e), OneLine.of(message(e)));
  }

  /** The same of one of many things. */
  Failure of(String name) {
    return new Failure(kind, OneLine.of(name + ": " + message));
  }

  private static String kind(Throwable e) {
    if (e instanceof ParameterException || e instanceof InvalidPathException) {
      return "usage";
    }
    if (e instanceof DeviceChoiceException choice) {
      return choice.isAmbiguous() ? "usage" : "device";
    }
    if (e instanceof ClassifierException classifier) {
      return switch (classifier.kind()) {
        case NO_CLASSIFIER, NO_HEAT_MAP -> "unsupported";
        case NO_PROBABILITY -> "invalid_file";
      };
    }
    if (e instanceof ModelFormatException format) {
      return kind(format.kind());
    }
    if (e instanceof IOException io) {
      return kind(io);
    }
    if (e instanceof DeviceException device) {
      return device.isOutOfMemory() ? "memory" : "device";
    }
    if (e instanceof OutOfMemoryError || e instanceof PlanException) {
      return "memory";
    }
    if (isLostMapping(e)) {
      return "io";
    }
    return e instanceof IllegalArgumentException ? "invalid_file" : "internal";
  }

  private static String kind(ModelFormatException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> "not_found";
      case INVALID -> "invalid_file";
      case UNSUPPORTED -> "unsupported";
      case MEMORY -> "memory";
      case UNREADABLE -> "io";
      case INTERRUPTED -> "interrupted";
    };
  }

  private static String kind(IOException e) {
    if (e instanceof HubException hub) {
      return switch (hub.kind()) {
        case SYNTAX -> "usage";
        case NOT_FOUND -> "not_found";
        case REFUSED, UNREACHABLE -> "network";
        case INVALID -> "invalid_file";
        case UNSUPPORTED -> "unsupported";
      };
    }
    if (e instanceof ImageException image) {
      return switch (image.kind()) {
        case NOT_FOUND -> "not_found";
        case UNREADABLE -> "io";
        case INVALID -> "invalid_file";
        case TOO_LARGE -> "memory";
      };
    }
    return switch (FileException.kind(e)) {
      case NOT_FOUND -> "not_found";
      case INVALID -> "invalid_file";
      case REFUSED -> "io";
      case INTERRUPTED -> "interrupted";
    };
  }

  private static String message(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (e instanceof ParameterException usage) {
      return message + near(usage);
    }
    if (e instanceof NoSuchFileException) {
      return "there is no file " + message;
    }
    if (e instanceof FileSystemException system) {
      return String.valueOf(FileException.reading(system).getMessage());
    }
    if (e instanceof InvalidPathException path) {
      return "\"" + path.getInput() + "\" is no file name here: " + path.getReason();
    }
    return e instanceof Error ? error(e, message) : message;
  }

  /** The values of an option that are near to the one that it does not know. */
  private static String near(ParameterException e) {
    CommandLine.Model.ArgSpec option = e.getArgSpec();
    Iterable<String> known = option == null ? null : option.completionCandidates();
    List<String> words = new ArrayList<>();
    if (known != null && e.getValue() != null) {
      known.forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    }
    return NearNames.text(String.valueOf(e.getValue()), words);
  }

  private static String error(Throwable e, String message) {
    if (e instanceof OutOfMemoryError) {
      return "not enough memory (" + message + ")" + MORE_MEMORY;
    }
    if (e instanceof StackOverflowError) {
      return "something is nested too deeply for the stack" + LARGER_STACK;
    }
    if (isLostMapping(e)) {
      return "a file was cut or cannot be read any longer while it was in use; run this again";
    }
    return e instanceof LinkageError
        ? "a class or library is missing or broken (" + e + ")"
        : e.toString();
  }

  /** The JVM's word for a page of a mapped file that the file does not have any longer. */
  private static boolean isLostMapping(Throwable e) {
    return e instanceof InternalError && String.valueOf(e.getMessage()).contains("memory access");
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
      String program = console.errorTerminal().styled(Terminal.Style.BAD, "clarinet:");
      console.errors().println(program + " " + failure.message());
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
