package io.clarinet.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What each thread has for itself, made when it first asks. A thread that is only lent to us {@link
 * #take takes} a shelf with all of it and {@link #leave leaves} that behind; one that is ours keeps
 * its shelf until it ends.
 *
 * <p>Constants only: a shelf holds what was made as long as itself.
 */
public final class Own<T> {
  private static final ThreadLocal<@Nullable Shelf> TAKEN = new ThreadLocal<>();

  private final Supplier<T> maker;

  public Own(Supplier<T> maker) {
    this.maker = maker;
  }

  /** What one thread at a time has. */
  public static final class Shelf {
    private final Map<Own<?>, Object> made = new HashMap<>();
  }

  /** Gives the calling thread a shelf. */
  public static void take(Shelf shelf) {
    TAKEN.set(shelf);
  }

  /** Takes all from the calling thread; an empty shelf where it had none. */
  public static Shelf leave() {
    Shelf shelf = taken();
    TAKEN.remove();
    return shelf;
  }

  private static Shelf taken() {
    Shelf shelf = TAKEN.get();
    if (shelf == null) {
      shelf = new Shelf();
      take(shelf);
    }
    return shelf;
  }

  /** The calling thread's. */
  @SuppressWarnings("unchecked")
  public T get() {
    Map<Own<?>, Object> made = taken().made;
    Object own = made.get(this);
    if (own == null) {
      own = maker.get();
      made.put(this, own);
    }
    return (T) own;
  }
}
