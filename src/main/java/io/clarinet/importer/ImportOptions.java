package io.clarinet.importer;

import org.jspecify.annotations.Nullable;

/**
 * Options for reading a model file.
 *
 * @param limits bounds on the model's needs
 * @param architecture a name of the zoo, for files that hold weights only; null infers it from the
 *     names and shapes of their tensors
 * @param norms treatment of batch normalisations that the model calls as in training
 */
public record ImportOptions(Limits limits, @Nullable String architecture, Norms norms) {

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
    return new ImportOptions(others, architecture, norms);
  }

  /** These options with the architecture named; null infers it. */
  public ImportOptions withArchitecture(@Nullable String name) {
    return new ImportOptions(limits, name, norms);
  }

  /** These options with another choice for batch normalisations that are called as in training. */
  public ImportOptions with(Norms others) {
    return new ImportOptions(limits, architecture, others);
  }
}
