package io.clarinet.backend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A value that is made by the first that asks; others wait for it, and fail as its maker fails. */
public final class Once<T> {
  private final Supplier<T> maker;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<T> value = new CompletableFuture<>();

  /**
   * @param maker called at most once
   */
  public Once(Supplier<T> maker) {
    this.maker = maker;
  }

  /** The value, or what its maker threw. */
  public T get() {
    if (begun.compareAndSet(false, true)) {
      make();
    }
    try {
      return value.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void make() {
    try {
      value.complete(maker.get());
    } catch (RuntimeException | Error e) {
      value.completeExceptionally(e);
    }
  }

  /** Whether the value has been made. */
  public boolean isMade() {
    return value.isDone() && !value.isCompletedExceptionally();
  }
}
