package io.clarinet.graph;

import io.clarinet.tensor.UnknownValueException;

/** A graph that cannot be: a dangling or doubled name, or a node that does not fit its inputs. */
public final class GraphException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The message is one line. */
  public GraphException(String message) {
    super(message);
  }

  /** The node, by name and operator, and what is wrong with it. */
  public GraphException(Node node, String reason) {
    super("node \"" + node.name() + "\" (" + node.op().name() + "): " + reason);
  }

  /** The same, with what the operator threw. */
  public GraphException(Node node, String reason, Throwable cause) {
    this(node, reason);
    initCause(cause);
  }

  /** Whether a value that a shape depends on is not known yet, and nothing else is wrong. */
  public boolean needsValue() {
    return getCause() instanceof UnknownValueException;
  }
}
