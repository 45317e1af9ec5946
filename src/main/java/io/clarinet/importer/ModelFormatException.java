package io.clarinet.importer;

import io.clarinet.file.FileException;
import io.clarinet.file.OneLine;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model file that cannot be read, in one line that names the file, the node and the reason. */
public final class ModelFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Kinds of faults. */
  public enum Kind {
    /** No such file, or no network of the zoo of that name. */
    NOT_FOUND,
    /** Not what its format demands. */
    INVALID,
    /** Valid, but with operators, types or versions that are not read. */
    UNSUPPORTED,
    /** More memory would be needed than the limits allow. */
    MEMORY,
    /** A folder or a pipe, or a file that the system does not let be read. */
    UNREADABLE,
    /** The thread was interrupted. */
    INTERRUPTED
  }

  private final Kind kind;
  private final List<String> operators;
  private final transient List<Obstacle> obstacles;

  /** The file, and its fault. */
  public ModelFormatException(Kind kind, Path file, String reason) {
    this(kind, file, reason, null);
  }

  /** The file, its fault, and the cause. */
  public ModelFormatException(Kind kind, Path file, String reason, @Nullable Throwable cause) {
    this(kind, file + ": " + reason, List.of(), List.of(), cause);
  }

  private ModelFormatException(
      Kind kind,
      String message,
      List<String> operators,
      List<Obstacle> obstacles,
      @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
    this.kind = kind;
    this.operators = List.copyOf(operators);
    this.obstacles = List.copyOf(obstacles);
  }

  /** There is no file of this name. */
  public static ModelFormatException notFound(String file, String reason) {
    return new ModelFormatException(
        Kind.NOT_FOUND, file + ": " + reason, List.of(), List.of(), null);
  }

  /** The file is missing, cannot be read, or is not valid. */
  public static ModelFormatException of(FileException e) {
    Kind kind =
        switch (e.kind()) {
          case NOT_FOUND -> Kind.NOT_FOUND;
          case INVALID -> Kind.INVALID;
          case REFUSED -> Kind.UNREADABLE;
          case INTERRUPTED -> Kind.INTERRUPTED;
        };
    return new ModelFormatException(kind, String.valueOf(e.getMessage()), List.of(), List.of(), e);
  }

  /** The file is not valid. */
  public static ModelFormatException invalid(Path file, String reason, @Nullable Throwable cause) {
    return new ModelFormatException(
        Kind.INVALID, file + ": " + reason, List.of(), List.of(), cause);
  }

  /** A node of the model is not valid; {@code node} gives its name and operator. */
  public static ModelFormatException invalidNode(
      Path file, String node, String reason, @Nullable Throwable cause) {
    return invalid(file, "node " + node + ": " + reason, cause);
  }

  /** The model is right, and uses what is not supported; {@code operators} lists the operators. */
  public static ModelFormatException unsupported(Path file, String reason, List<String> operators) {
    return unsupported(file, reason, operators, List.of());
  }

  /** As {@link #unsupported(Path, String, List)}, with the same in parts. */
  public static ModelFormatException unsupported(
      Path file, String reason, List<String> operators, List<Obstacle> obstacles) {
    return new ModelFormatException(
        Kind.UNSUPPORTED, file + ": " + reason, operators, obstacles, null);
  }

  /** The model would take more memory than allowed. */
  public static ModelFormatException tooLarge(Path file, String reason) {
    return new ModelFormatException(Kind.MEMORY, file + ": " + reason, List.of(), List.of(), null);
  }

  /** The kind of fault. */
  public Kind kind() {
    return kind;
  }

  /** Names of the operators that are not supported; empty for other faults. */
  public List<String> operators() {
    return operators;
  }

  /** What is not supported, part by part with a remedy each; empty for other faults. */
  public List<Obstacle> obstacles() {
    return obstacles;
  }
}
