package io.clarinet.backend;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** The plans that are loaded on an opened device, each until it is closed. */
public final class LoadedPlans {
  private final String device;
  private final Set<LoadedPlan> open = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * @param device for people
   */
  public LoadedPlans(String device) {
    this.device = device;
  }

  /**
   * Loads a plan, beside others that are being loaded.
   *
   * @param loader receives the action to call when the plan closes
   * @throws IllegalStateException after {@link #close}
   */
  public Executable load(Function<Consumer<LoadedPlan>, LoadedPlan> loader) {
    lifecycle.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(device + " is closed; open it again");
      }
      LoadedPlan loaded = loader.apply(open::remove);
      open.add(loaded);
      return loaded;
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /**
   * The memory of all loaded plans.
   *
   * @param weightBytes of the packed constants, which the device knows
   */
  public MemoryUse memory(long weightBytes) {
    int lanes = open.stream().mapToInt(LoadedPlan::lanes).sum();
    long laneBytes = open.stream().mapToLong(LoadedPlan::laneBytes).sum();
    long hostBytes = open.stream().mapToLong(LoadedPlan::hostBytes).sum();
    return new MemoryUse(lanes, laneBytes, weightBytes, hostBytes);
  }

  /**
   * Refuses to load any more, waits for what is being loaded and for the runs in flight, and closes
   * all plans.
   *
   * @return whether this is the first call; any other does nothing
   */
  public boolean close() {
    if (!refuse()) {
      return false;
    }
    List.copyOf(open).forEach(LoadedPlan::close);
    return true;
  }

  private boolean refuse() {
    lifecycle.writeLock().lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      lifecycle.writeLock().unlock();
    }
  }
}
