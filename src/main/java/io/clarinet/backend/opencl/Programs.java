package io.clarinet.backend.opencl;

import io.clarinet.kernel.Launch;
import io.clarinet.plan.DeviceException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The programs of one device, each built once and kept as a binary on disk. A binary is taken only
 * after the program's kernel has run, for drivers that compile for the work-group size at the first
 * start would else leave that out.
 */
final class Programs implements AutoCloseable {
  private final DeviceContext context;
  private final KernelSource sources;
  private final BinaryCache cache;
  private final Map<Identity, Program> programs = new LinkedHashMap<>();
  private final Set<Program> fresh = new HashSet<>();
  private final Queue<Program> unsaved = new ArrayDeque<>();
  private @Nullable Thread saver;
  private int compiled;

  private Programs(DeviceContext context, KernelSource sources, BinaryCache cache) {
    this.context = context;
    this.sources = sources;
    this.cache = cache;
  }

  static Programs of(DeviceContext context, OpenClOptions options) {
    return new Programs(
        context,
        new KernelSource(options.kernels()),
        new BinaryCache(options.cache().resolve("programs")));
  }

  private record Identity(String kernel, String prelude) {}

  /** The program of a launch, built if it is not yet. */
  Program of(Launch launch) {
    Identity identity = new Identity(launch.kernel(), launch.prelude());
    synchronized (this) {
      Program known = programs.get(identity);
      if (known != null) {
        return known;
      }
    }
    Program made = make(identity);
    synchronized (this) {
      Program other = programs.putIfAbsent(identity, made);
      if (other == null) {
        return made;
      }
      fresh.remove(made);
      made.close();
      return other;
    }
  }

  /** Builds what the launches need, on several threads where the driver gains by it. */
  void buildAll(Collection<Launch> launches) {
    Map<Identity, Launch> distinct = new LinkedHashMap<>();
    launches.forEach(l -> distinct.putIfAbsent(new Identity(l.kernel(), l.prelude()), l));
    if (context.compilesInTurn()) {
      distinct.values().forEach(this::of);
    } else {
      distinct.values().parallelStream().forEach(this::of);
    }
  }

  private Program make(Identity identity) {
    String source = identity.prelude() + sources.read(identity.kernel());
    String key = BinaryCache.key(source, Program.OPTIONS, context.identity());
    Optional<Program> cached =
        cache.get(key).flatMap(b -> Program.fromBinary(context, identity.kernel(), key, b));
    return cached.orElseGet(() -> compile(identity.kernel(), key, source));
  }

  private Program compile(String kernel, String key, String source) {
    Program program = Program.fromSource(context, kernel, key, source);
    synchronized (this) {
      compiled++;
      fresh.add(program);
    }
    return program;
  }

  /** Number of programs that came from source, not from the cache. */
  synchronized int compiled() {
    return compiled;
  }

  /** Starts to keep, in the background, the binaries of those programs that came from source. */
  synchronized void saveAfterRun(Collection<Program> ran) {
    for (Program program : ran) {
      if (fresh.remove(program)) {
        unsaved.add(program);
      }
    }
    if (unsaved.isEmpty() || saver != null) {
      return;
    }
    Thread thread = new Thread(this::saveAll, "clarinet-program-cache");
    thread.setDaemon(true);
    saver = thread;
    thread.start();
  }

  private void saveAll() {
    for (Program next = takeUnsaved(); next != null; next = takeUnsaved()) {
      try {
        cache.put(next.key(), next.binary());
      } catch (DeviceException | IllegalStateException e) {
        // a driver that gives no binary costs time at the next start, nothing else
      }
    }
  }

  private synchronized @Nullable Program takeUnsaved() {
    Program next = unsaved.poll();
    if (next == null) {
      saver = null;
    }
    return next;
  }

  /** Waits for binaries being kept, then releases all programs. */
  @Override
  public void close() {
    awaitSaver();
    synchronized (this) {
      programs.values().forEach(Program::close);
      programs.clear();
    }
  }

  private void awaitSaver() {
    Thread running;
    synchronized (this) {
      running = saver;
    }
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
