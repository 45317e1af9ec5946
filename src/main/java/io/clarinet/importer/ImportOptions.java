package io.clarinet.importer;

import org.jspecify.annotations.Nullable;

/**
 * How to read a model file.
 *
 * @param limits what the model may ask for
 * @param architecture a name of the zoo, for files that hold weights only; null infers it from the
 *     names and shapes of their tensors
 */
public record ImportOptions(Limits limits, @Nullable String architecture) {
  /** The usual limits, and any architecture. */
  public static final ImportOptions DEFAULT = new ImportOptions(Limits.DEFAULT, null);

  /** These options with other limits. */
  public ImportOptions with(Limits others) {
    return new ImportOptions(others, architecture);
  }

  /** These options with the architecture named; null infers it. */
  public ImportOptions withArchitecture(@Nullable String name) {
    return new ImportOptions(limits, name);
  }
}
