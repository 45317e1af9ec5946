package io.clarinet.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that could not be read or written, in one line that names it and the reason. */
public final class FileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Kinds of faults. */
  public enum Kind {
    /** No such file, or no folder to write it in. */
    NOT_FOUND,
    /** No regular file, or refused by the system: permissions, a full disk, a broken one. */
    REFUSED,
    /** Invalid content. */
    INVALID,
    /** The thread was interrupted. */
    INTERRUPTED
  }

  private final Kind kind;

  private FileException(Kind kind, String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
    this.kind = kind;
  }

  /** The file's content is not valid. */
  public static FileException invalid(Path file, String reason, @Nullable Throwable cause) {
    return new FileException(Kind.INVALID, "cannot read " + file + ": " + reason, cause);
  }

  /** Reading a file failed. */
  public static FileException reading(Path file, IOException e) {
    return of("cannot read ", file, e);
  }

  /** Writing a file failed. */
  public static FileException writing(Path file, IOException e) {
    return of("cannot write ", file, e);
  }

  static FileException refused(String doing, Path file, String reason) {
    return new FileException(Kind.REFUSED, doing + file + ": " + reason, null);
  }

  private static FileException of(String doing, Path file, IOException e) {
    return e instanceof FileException known
        ? known
        : new FileException(kind(e), doing + file + ": " + reason(e), e);
  }

  /** A fault that the system reported, as one line. */
  public static FileException reading(FileSystemException e) {
    return new FileException(kind(e), e.getFile() + ": " + reason(e), e);
  }

  /** The kind of fault that an exception stands for. */
  public static Kind kind(IOException e) {
    if (e instanceof FileException known) {
      return known.kind();
    }
    if (e instanceof NoSuchFileException) {
      return Kind.NOT_FOUND;
    }
    boolean interrupted =
        e instanceof ClosedByInterruptException || e instanceof InterruptedIOException;
    return interrupted ? Kind.INTERRUPTED : Kind.REFUSED;
  }

  /** Why a file could not be read or written, in a few words. */
  public static String reason(IOException e) {
    if (kind(e) == Kind.INTERRUPTED) {
      return "interrupted";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "something else has this name";
    }
    String known = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    if (known != null) {
      return known;
    }
    return e instanceof NoSuchFileException ? "no such file" : e.getClass().getSimpleName();
  }

  /** The kind of fault. */
  public Kind kind() {
    return kind;
  }
}
