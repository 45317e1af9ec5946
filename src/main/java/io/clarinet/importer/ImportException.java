package io.clarinet.importer;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model file that cannot be imported; the message names the file, the place and the reason. */
public final class ImportException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for callers that answer each case in their own way. */
  public enum Kind {
    /** There is no such file, or it may not be read. */
    NOT_FOUND,
    /** The contents are not what the file claims to be. */
    INVALID,
    /** A sound model, of which something cannot be run here. */
    UNSUPPORTED,
    /** It would take more memory than the caller allows. */
    TOO_LARGE
  }

  private final Kind kind;

  public ImportException(Kind kind, Path file, String reason) {
    this(kind, file, reason, null);
  }

  public ImportException(Kind kind, Path file, String reason, @Nullable Throwable cause) {
    super(file + ": " + reason, cause);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
