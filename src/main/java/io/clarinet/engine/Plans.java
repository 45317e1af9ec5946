package io.clarinet.engine;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.backend.MemoryUse;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.Uninterrupted;
import io.clarinet.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans of a session on one device. Each is made once, however many ask for it, while others
 * run; all of them stay within a bound of memory, those used longest ago giving way. A plan in use
 * counts until its runs have ended, so that a new one may wait for room, in the order of asking.
 * One that is larger than the bound is loaded when nothing else is.
 */
public final class Plans implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
  private static final long NOTHING = -1;

  private final Subject subject;
  private final Engine engine;
  private final long bound;
  private final Function<Specialisation.Key, Graph> graphs;

  /** Held while waiting for room; taken before this object's monitor. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final Map<Specialisation.Key, PlanEntry> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final AtomicInteger made = new AtomicInteger();
  private int entries;
  private long bytes;
  private boolean closed;

  /**
   * @param subject the model and the device, for people
   * @param bound bytes that all plans may take together
   * @param graphs what to plan for a key
   */
  public Plans(
      Subject subject, Engine engine, long bound, Function<Specialisation.Key, Graph> graphs) {
    this.subject = subject;
    this.engine = engine;
    this.bound = bound;
    this.graphs = graphs;
  }

  /**
   * Works with the plan for a key; a kernel that the device rejects meanwhile is planned around.
   */
  public <T> T with(Specialisation.Key key, Function<Ready, T> work) {
    return with(() -> enter(key), work);
  }

  /** Works with a plan of a graph that is not kept. */
  public <T> T once(Graph graph, Function<Ready, T> work) {
    return with(() -> enter(graph), work);
  }

  private <T> T with(Supplier<PlanEntry> door, Function<Ready, T> work) {
    while (true) {
      PlanEntry entry = door.get();
      try {
        Ready ready = entry.ready.get();
        try {
          return work.apply(ready);
        } catch (KernelRejectedException e) {
          engine.strikeOff(e, ready.plan(), subject);
          drop(entry);
        }
      } finally {
        leave(entry);
      }
    }
  }

  private synchronized PlanEntry enter(Specialisation.Key key) {
    PlanEntry known = kept.get(key);
    if (known != null) {
      known.users++;
      return known;
    }
    PlanEntry entry = add(subject.with(key.shapes()), () -> graphs.apply(key), true);
    kept.put(key, entry);
    return entry;
  }

  private synchronized PlanEntry enter(Graph graph) {
    PlanEntry entry = add(subject.with(graph), () -> graph, false);
    entry.dropped = true;
    return entry;
  }

  private PlanEntry add(Subject of, Supplier<Graph> graph, boolean inParts) {
    requireOpen();
    entries++;
    return new PlanEntry(of, graph, inParts, this::make);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  /** A plan made ready; one that fails is not kept. */
  private Ready make(PlanEntry entry) {
    try {
      return PlanNews.during(entry.of, () -> prepare(entry));
    } catch (RuntimeException | Error e) {
      drop(entry);
      throw e;
    }
  }

  /** Plans and loads, in ever smaller parts of the batch while the device lacks memory. */
  private Ready prepare(PlanEntry entry) {
    Graph whole = entry.graph.get();
    Supplier<Graph> graph = entry.inParts ? () -> engine.split(whole) : () -> whole;
    for (int parts = 2; ; parts *= 2) {
      try {
        return prepare(entry, graph);
      } catch (DeviceException e) {
        giveBack(entry);
        if (!entry.inParts || !e.isOutOfMemory()) {
          throw e;
        }
        Graph smaller = engine.parts(whole, parts).orElseThrow(() -> e);
        graph = () -> smaller;
        LOG.info("{}; going on with the batch in {} parts or more", e.getMessage(), parts);
      }
    }
  }

  /** Plans and loads; each kernel that the device rejects is struck off and planned around. */
  private Ready prepare(PlanEntry entry, Supplier<Graph> graphs) {
    while (true) {
      Graph graph = graphs.get();
      Plan plan = engine.plan(graph);
      admit(entry, engine.bytes(plan));
      try {
        return new Ready(entry.of, graph, plan, engine.watched(graph, load(graph, plan)));
      } catch (KernelRejectedException e) {
        giveBack(entry);
        engine.strikeOff(e, plan, subject);
      }
    }
  }

  /** Evicts others, and waits for its turn and for room. */
  private void admit(PlanEntry entry, long wanted) {
    turn.lock();
    try {
      evict(bound - wanted, true).forEach(this::release);
      take(entry, wanted);
    } finally {
      turn.unlock();
    }
  }

  private synchronized void take(PlanEntry entry, long wanted) {
    await(() -> closed || bytes == 0 || bytes + wanted <= bound);
    requireOpen();
    bytes += wanted;
    entry.bytes = wanted;
  }

  private synchronized void await(BooleanSupplier condition) {
    Uninterrupted.await(
        () -> {
          while (!condition.getAsBoolean()) {
            wait();
          }
        });
  }

  /** Loads a plan; where the device has no room, frees the idle plans and tries once more. */
  private Executable load(Graph graph, Plan plan) {
    Executable executable;
    try {
      executable = engine.load(graph, plan);
    } catch (DeviceException | OutOfMemoryError e) {
      List<PlanEntry> idle = evict(NOTHING, false);
      if (idle.isEmpty()) {
        throw e;
      }
      idle.forEach(this::release);
      executable = engine.load(graph, plan);
    }
    made.incrementAndGet();
    return executable;
  }

  /**
   * Takes plans from those kept until these are at most {@code room} bytes, those that nobody uses
   * first. Gives these, to be released; the others are released when their last user leaves.
   */
  private synchronized List<PlanEntry> evict(long room, boolean evenUsed) {
    long rest = kept.values().stream().mapToLong(e -> e.bytes).sum();
    List<PlanEntry> idle = new ArrayList<>();
    for (PlanEntry entry : PlanEntry.loadedIdleFirst(kept.values())) {
      if (rest > room && (evenUsed || entry.users == 0)) {
        rest -= entry.bytes;
        drop(entry);
        if (entry.users == 0) {
          idle.add(entry);
        }
      }
    }
    return idle;
  }

  private synchronized void drop(PlanEntry entry) {
    kept.values().remove(entry);
    entry.dropped = true;
  }

  private void leave(PlanEntry entry) {
    if (isLast(entry)) {
      release(entry);
    }
  }

  private synchronized boolean isLast(PlanEntry entry) {
    entry.users--;
    return entry.users == 0 && entry.dropped;
  }

  private void release(PlanEntry entry) {
    try {
      if (entry.ready.isMade()) {
        entry.ready.get().executable().close();
      }
    } catch (RuntimeException e) {
      LOG.warn("Memory of a plan was not given back: {}", e.getMessage());
    } finally {
      giveBack(entry);
      countOut();
    }
  }

  private synchronized void giveBack(PlanEntry entry) {
    bytes -= entry.bytes;
    entry.bytes = 0;
    notifyAll();
  }

  private synchronized void countOut() {
    entries--;
    notifyAll();
  }

  /** The memory of the plan for a key, once it is loaded; plans without building or packing. */
  public MemoryUse foreseen(Specialisation.Key key) {
    return engine.foreseen(engine.split(graphs.apply(key)));
  }

  /** Number of plans kept now. */
  public synchronized int count() {
    return kept.size();
  }

  /** The device. */
  public Engine engine() {
    return engine;
  }

  /** Number of plans made so far. */
  public int made() {
    return made.get();
  }

  /** Waits for all uses to end, then closes the device. */
  @Override
  public void close() {
    boolean first = refuse();
    evict(NOTHING, true).forEach(this::release);
    await(() -> entries == 0);
    if (first) {
      engine.close();
    }
  }

  /** Whether it was open until now. */
  private synchronized boolean refuse() {
    boolean first = !closed;
    closed = true;
    notifyAll();
    return first;
  }
}
