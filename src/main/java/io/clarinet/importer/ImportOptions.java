package io.clarinet.importer;

import org.jspecify.annotations.Nullable;

/**
 * How to read a model file.
 *
 * @param limits what the model may ask for
 * @param architecture a name of the zoo, for files that hold weights only; null infers it from the
 *     names and shapes of their tensors
 * @param norms what batch normalisations do that the model calls as in training
 */
public record ImportOptions(Limits limits, @Nullable String architecture, Norms norms) {

  /** What a batch normalisation does that a model calls as in training. */
  public enum Norms {
    /** It uses each batch's own statistics, as the model says; a warning tells. */
    MODEL,
    /** It uses the stored statistics, as all others do. */
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
