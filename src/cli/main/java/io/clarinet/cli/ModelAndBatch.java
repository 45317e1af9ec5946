package io.clarinet.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one model that a command is about, and the batch that it looks at. */
final class ModelAndBatch {
  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = Words.Models.class,
      description = "a model file, a name of the zoo, or hf:OWNER/NAME of a hub")
  String model = "";

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Count.class,
      description = "batch size (default: 1)")
  int batch = 1;
}
