package io.clarinet.graph;

import io.clarinet.tensor.UnknownValueException;

/** A graph that cannot be: a dangling or doubled name, or a node that does not fit its inputs. */
public final class GraphException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public GraphException(String message) {
    super(message);
  }

  public GraphException(Node node, String reason) {
    super("node \"" + node.name() + "\" (" + node.op().name() + "): " + reason);
  }

  public GraphException(Node node, String reason, Throwable cause) {
    this(node, reason);
    initCause(cause);
  }

  /** Whether a value that a shape depends on is not known yet, and nothing else is wrong. */
  public boolean needsValue() {
    return getCause() instanceof UnknownValueException;
  }
}
