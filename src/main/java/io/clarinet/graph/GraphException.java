package io.clarinet.graph;

/** A graph that cannot be: a dangling or doubled name, or a node that does not fit its inputs. */
public final class GraphException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public GraphException(String message) {
    super(message);
  }

  public GraphException(Node node, String reason) {
    super("node \"" + node.name() + "\" (" + node.op().name() + "): " + reason);
  }
}
