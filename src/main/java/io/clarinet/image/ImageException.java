package io.clarinet.image;

import io.clarinet.file.FileException;
import io.clarinet.file.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A picture or label file that cannot be used; the message names the file and the reason. */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Kinds of faults, for callers that answer each in their own way. */
  public enum Kind {
    /** No such file. */
    NOT_FOUND,
    /** A folder, or a file that the system does not let be read. */
    UNREADABLE,
    /** The contents are not what the file claims to be. */
    INVALID,
    /** A picture that takes more memory than the caller allows. */
    TOO_LARGE
  }

  private final Kind kind;

  ImageException(Kind kind, String file, String reason) {
    this(kind, file, reason, null);
  }

  ImageException(Kind kind, String file, String reason, @Nullable Throwable cause) {
    super(OneLine.of(file + ": " + reason), cause);
    this.kind = kind;
  }

  /** A file that is not there, or cannot be read. */
  static ImageException reading(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new ImageException(Kind.NOT_FOUND, file.toString(), "no such file", e);
    }
    String reason = Files.isDirectory(file) ? "is a folder" : FileException.reason(e);
    return new ImageException(Kind.UNREADABLE, file.toString(), reason, e);
  }

  /** The kind of fault. */
  public Kind kind() {
    return kind;
  }
}
