package io.clarinet.importer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options for reading a model file.
 *
 * @param limits bounds on the model's needs
 * @param architecture a name of the zoo, for files that hold weights only; null infers it from the
 *     names and shapes of their tensors
 * @param norms treatment of batch normalisations that the model calls as in training
 * @param outputs values to end at, in place of the file's own outputs; none for those
 */
public record ImportOptions(
    Limits limits, @Nullable String architecture, Norms norms, List<String> outputs) {

  public ImportOptions {
    outputs = List.copyOf(outputs);
  }

  /** The file's own outputs. */
  public ImportOptions(Limits limits, @Nullable String architecture, Norms norms) {
    this(limits, architecture, norms, List.of());
  }

  /** Treatments of a batch normalisation that a model calls as in training. */
  public enum Norms {
    /** Each batch's own statistics, as the model says; with a warning. */
    MODEL,
    /** The stored statistics, as for all others. */
    INFERENCE
  }

  /** The usual limits, and any architecture. */
  public static final ImportOptions DEFAULT = new ImportOptions(Limits.DEFAULT, null, Norms.MODEL);

  /** These options with other limits. */
  public ImportOptions with(Limits others) {
    return new ImportOptions(others, architecture, norms, outputs);
  }

  /** These options with the architecture named; null infers it. */
  public ImportOptions withArchitecture(@Nullable String name) {
    return new ImportOptions(limits, name, norms, outputs);
  }

  /** These options with another choice for batch normalisations that are called as in training. */
  public ImportOptions with(Norms others) {
    return new ImportOptions(limits, architecture, others, outputs);
  }

  /**
   * These options with other outputs: any values of the file, by its own names for them. What only
   * others need is not read, and so need not be supported.
   */
  public ImportOptions withOutputs(String... values) {
    return new ImportOptions(limits, architecture, norms, List.of(values));
  }
}
