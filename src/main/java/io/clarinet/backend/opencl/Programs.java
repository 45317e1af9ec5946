package io.clarinet.backend.opencl;

import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.Once;
import io.clarinet.kernel.Launch;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The programs of one device, each built once and kept as a binary on disk. */
final class Programs implements AutoCloseable {
  private static final int MOST_KEPT = 1000;

  private final DeviceContext context;
  private final KernelSource sources;
  private final BinaryCache cache;
  private final ProgramSaver saver;
  private final Map<Identity, Once<Program>> programs = new ConcurrentHashMap<>();
  private final boolean saves;
  private int compiled;

  private Programs(DeviceContext context, KernelSource sources, BinaryCache cache, boolean saves) {
    this.context = context;
    this.saves = saves;
    this.sources = sources;
    this.cache = cache;
    this.saver = new ProgramSaver(cache);
  }

  static Programs of(DeviceContext context, OpenClOptions options) {
    return new Programs(
        context,
        new KernelSource(options.kernels()),
        new BinaryCache(options.cache().resolve("programs"), MOST_KEPT),
        options.binaries() == null ? !context.cachesBuilds() : options.binaries());
  }

  /** Kernels' texts are read once, so that equal ones are the same object and compared at once. */
  private record Identity(String entry, String prelude, String text) {}

  private Identity identity(Launch launch) {
    return new Identity(launch.kernel(), launch.prelude(), sources.read(launch.kernel()));
  }

  /** The source of kernels' texts. */
  KernelSource sources() {
    return sources;
  }

  /** The program of a launch, built if it is not yet. */
  Program of(Launch launch) {
    return of(identity(launch));
  }

  /** The program of a text with its kernel. */
  Program of(String entry, String source) {
    return of(new Identity(entry, "", source));
  }

  /** Built once, however many ask; what does not build is tried again the next time. */
  private Program of(Identity identity) {
    Once<Program> program = programs.computeIfAbsent(identity, i -> new Once<>(() -> make(i)));
    try {
      return program.get();
    } catch (RuntimeException | Error e) {
      programs.remove(identity, program);
      throw e;
    }
  }

  /** Builds what the launches need, on several threads where the driver gains by it. */
  void buildAll(Collection<Launch> launches) {
    var identities = launches.stream().map(this::identity).distinct().toList();
    if (context.compilesInTurn()) {
      identities.forEach(this::of);
    } else {
      identities.parallelStream().forEach(this::of);
    }
  }

  private Program make(Identity identity) {
    context.requireSpaceToCompile();
    String source = identity.prelude() + identity.text();
    String key = BinaryCache.key(source, Program.OPTIONS, context.identity());
    Optional<Program> cached =
        cache.get(key).flatMap(b -> Program.fromBinary(context, identity.entry(), key, b));
    return cached.orElseGet(() -> compile(identity.entry(), key, source));
  }

  private Program compile(String kernel, String key, String source) {
    Program program = Program.fromSource(context, kernel, key, source);
    if (saves) {
      saver.built(program);
    }
    synchronized (this) {
      compiled++;
    }
    return program;
  }

  /** Number of programs that came from source, not from the cache. */
  synchronized int compiled() {
    return compiled;
  }

  /** Marks programs whose kernels have run, so that their binaries are complete. */
  void ran(Collection<Program> which) {
    saver.ran(which);
  }

  /** Starts to keep, in the background, the new binaries of programs that have run. */
  void save() {
    saver.start();
  }

  /** Keeps the new binaries of programs that have run, and waits until that is done. */
  void keep() {
    saver.close();
  }

  /** Keeps what has run, then releases all programs. */
  @Override
  public void close() {
    saver.close();
    programs.values().stream().filter(Once::isMade).map(Once::get).forEach(Program::close);
    programs.clear();
  }
}
