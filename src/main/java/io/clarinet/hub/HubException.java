package io.clarinet.hub;

import io.clarinet.file.OneLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A model that a hub did not give, in one line that names it, the reason, and what to do. */
public final class HubException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Kinds of faults. */
  public enum Kind {
    /** What was asked for is no model of a hub by its form. */
    SYNTAX,
    /** The hub has no such model, revision or file. */
    NOT_FOUND,
    /** The hub wants a token, or another one. */
    REFUSED,
    /** The hub cannot be reached, fails, or may not be asked. */
    UNREACHABLE,
    /** The hub's answer is not what it should be: sizes, checksums, names. */
    INVALID,
    /** The model is there, in no form that can be loaded. */
    UNSUPPORTED
  }

  private final Kind kind;

  /** A fault without a cause. */
  HubException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** A fault that another one brought. */
  HubException(Kind kind, String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
    this.kind = kind;
  }

  /** The kind of fault. */
  public Kind kind() {
    return kind;
  }
}
