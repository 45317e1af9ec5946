package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Uninterrupted;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the inner loops on a few numbers until the compiler has made machine code of them: code over
 * the Vector API is hundreds of times slower before, so that without this the first picture would
 * wait for seconds. Many short calls get there soonest, because no loop is compiled while it runs.
 */
public final class WarmUp {
  private static final Map<Integer, WarmUp> STARTED = new ConcurrentHashMap<>();

  /** After which a run takes what there is: the compiler has other work, or is switched off. */
  private static final long LONGEST_NANOS = 3_000_000_000L;

  /** Between two looks at the clock; the compiler wants some thousand. */
  private static final int CALLS = 500;

  /** Places of a tile of F(4×4, 3×3). */
  private static final int LARGEST_TILE = 36;

  /** A call on a few numbers takes 0.1 µs when compiled, and 100 when it is not. */
  private static final long COMPILED_NANOS_PER_CALL = 4_000;

  private final InnerLoops loops;
  private final Thread thread;
  private final float[] x;

  private WarmUp(InnerLoops loops) {
    this.loops = loops;
    this.x =
        new float
            [loops.block()
                * Math.max(
                    loops.widest() * Math.max(loops.block(), 2 * RegisterTile.PIXELS),
                    2 * LARGEST_TILE)];
    this.thread = new Thread(null, this::run, "clarinet-cpu-warm-up", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(WarmUp.class.getClassLoader());
  }

  /** The fastest loops for a block, warmed up once in a process, on a thread of its own. */
  public static WarmUp of(int block) {
    return STARTED.computeIfAbsent(block, b -> start(InnerLoops.best(b)));
  }

  private static WarmUp start(InnerLoops loops) {
    WarmUp warmUp = new WarmUp(loops);
    warmUp.thread.start();
    return warmUp;
  }

  /** Whether the widest tile for a block is fast now; false where that has taken too long. */
  public static boolean widestTile(int block) {
    InnerLoops loops = InnerLoops.best(block);
    WarmUp warmUp = new WarmUp(loops);
    Runnable call = () -> warmUp.tile(loops.tile(loops.widest()));
    return untilFast(call, System.nanoTime() + LONGEST_NANOS);
  }

  /** Returns when the loops are fast, or it has taken too long. */
  public void await() {
    Uninterrupted.await(thread::join);
  }

  private void run() {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    for (int i = loops.tiles().size() - 1; i >= 0; i--) {
      RegisterTile tile = loops.tiles().get(i);
      untilFast(() -> tile(tile), deadline);
    }
    RegisterTile strided = loops.stridedTile(loops.widest());
    untilFast(() -> tile(strided), deadline);
    loops.shorterTiles().forEach(tile -> untilFast(() -> tile(tile), deadline));
    untilFast(this::lanes, deadline);
    for (WinogradTransform transform : loops.transforms()) {
      untilFast(() -> transform(transform), deadline);
    }
  }

  private static boolean untilFast(Runnable calls, long deadline) {
    long perCall = Long.MAX_VALUE;
    while (perCall > COMPILED_NANOS_PER_CALL && System.nanoTime() < deadline) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        calls.run();
      }
      perCall = (System.nanoTime() - start) / CALLS;
    }
    return perCall <= COMPILED_NANOS_PER_CALL;
  }

  private void tile(RegisterTile tile) {
    int block = loops.block();
    int step = RegisterTile.PIXELS * block;
    tile.multiply(x, 0, step, x, 0, 1, x, 0, 0, 0, x, 0, step);
  }

  private void lanes() {
    Lanes lanes = loops.lanes();
    int block = loops.block();
    lanes.copy(x, 0, x, block);
    lanes.zero(x, 0);
    lanes.finish(x, 0, null, 0, x, 0, block, 0, 1);
    lanes.finish(x, 0, x, block, x, 0, block, 0, 1);
    lanes.max(x, 0, 2, block, 2, block, x, 0);
    lanes.sum(x, 0, 2, block, 2, block, 1, x, 0);
  }

  private void transform(WinogradTransform transform) {
    int block = loops.block();
    int aside = LARGEST_TILE * block;
    transform.input(x, 0, 0, x, aside, x, 0, block);
    transform.output(x, 0, block, x, aside, x, 0, null, 0, x, 0, 0, 0, 1);
    transform.output(x, 0, block, x, aside, x, 0, x, 0, x, 0, 0, 0, 1);
  }
}
