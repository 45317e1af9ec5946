package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.cli.folder.ContentHash;
import io.clarinet.cli.folder.RunRecord;
import io.clarinet.file.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for answers in a file. */
final class AnswerOptions {
  @Spec(Spec.Target.MIXEE)
  CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write answers to FILE.csv or FILE.jsonl as they come, a line a picture")
  @Nullable Path output;

  @Option(names = "--resume", description = "go on with --output where a run was stopped")
  boolean resume;

  /** Refuses what could not be written, before anything is loaded. */
  void check() throws IOException {
    if (output == null) {
      if (resume) {
        throw usage("--resume goes on with a file; --output names it.");
      }
      return;
    }
    try {
      AnswerLines.of(output, 1);
    } catch (IllegalArgumentException e) {
      throw usage("--output " + e.getMessage() + ".");
    }
    if (!resume && AnswerFile.isBegun(output)) {
      throw usage("--output " + output + " has answers; --resume goes on with them.");
    }
    requireFolder(output);
  }

  private static void requireFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw FileException.writing(file, new IOException("there is no folder " + folder));
    }
    Path written = Files.exists(file) ? file : folder;
    if (Files.isDirectory(file) || !Files.isWritable(written)) {
      throw FileException.writing(
          file, new IOException(Files.isDirectory(file) ? "is a folder" : "permission denied"));
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  /**
   * The file of answers to these pictures.
   *
   * @param half whether weights are stored in half precision
   */
  AnswerFile open(Model model, PictureBatches batches, List<String> names, boolean half)
      throws IOException {
    Path file = Objects.requireNonNull(output);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version", new Version().getVersion()[0]);
    facts.put("java", java());
    facts.put("pictures", names.size() + " of list " + ContentHash.of(names));
    facts.put("model", model.name() + " of content " + ContentHash.of(model.graph()));
    facts.put("device", batches.session().device().toString());
    facts.put("weights", half ? "fp16" : "fp32");
    facts.put("batch", "" + batches.size());
    facts.putAll(batches.question().facts());
    AnswerLines form = AnswerLines.of(file, batches.question().top());
    return AnswerFile.open(file, form, new RunRecord(facts), batches.size(), names.size());
  }

  /** What decides the digits of numbers, and which kernels this JVM has. */
  private static String java() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return Runtime.version() + (vectors ? " with vectors" : "");
  }
}
