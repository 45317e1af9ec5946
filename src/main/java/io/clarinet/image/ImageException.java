package io.clarinet.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A picture or label file that cannot be used; the message names the file and the reason. */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for callers that answer each case in their own way. */
  public enum Kind {
    /** There is no such file, or it may not be read. */
    NOT_FOUND,
    /** The contents are not what the file claims to be. */
    INVALID,
    /** It would take more memory than the caller allows. */
    TOO_LARGE
  }

  private final Kind kind;

  ImageException(Kind kind, String file, String reason) {
    this(kind, file, reason, null);
  }

  ImageException(Kind kind, String file, String reason, @Nullable Throwable cause) {
    super(file + ": " + reason, cause);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
