package io.clarinet.importer;

/**
 * What a model may ask for.
 *
 * @param maxMemoryBytes what its constants may take once each is unfolded to all its elements
 */
public record Limits(long maxMemoryBytes) {
  public static final Limits DEFAULT = new Limits(16L << 30);
}
