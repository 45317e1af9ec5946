package io.clarinet.kernel.jvm;

import com.sun.management.ThreadMXBean;
import io.clarinet.FreshJvm;
import io.clarinet.op.Unary;
import io.clarinet.op.Unary.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints the inner loops that allocate once they are compiled: these box their vectors. A program,
 * since the compiler goes by all that a JVM has run; and it is waited for.
 */
final class BoxingProgram {
  private static final int ATTEMPTS = 20;
  private static final int CALLS = 1_000;
  private static final int FLOATS = 100_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final InnerLoops loops;
  private final int block;
  private final float[] x = new float[FLOATS];
  private final float[] y = new float[FLOATS];

  private BoxingProgram(int block) {
    this.loops = InnerLoops.best(block);
    this.block = block;
  }

  static String inFreshJvm() throws IOException, InterruptedException {
    return FreshJvm.output(List.of("-Xbatch"), BoxingProgram.class);
  }

  public static void main(String[] arguments) {
    new BoxingProgram(InnerLoops.preferredBlock())
        .all()
        .forEach(
            (name, loop) -> {
              long bytes = bytes(loop);
              if (bytes > 0) {
                System.out.println(name + ": " + bytes / CALLS + " bytes a call");
              }
            });
    System.out.println("done");
  }

  private Map<String, Runnable> all() {
    Map<String, Runnable> all = new LinkedHashMap<>();
    loops.tiles().forEach(t -> all.put("tile of " + t.blocks(), tile(t)));
    loops.shorterTiles().forEach(t -> all.put("tile of " + t.pixels() + " pixels", tile(t)));
    loops.stridedTiles().forEach(t -> all.put("strided tile of " + t.blocks(), tile(t)));
    all.put("groups that share a block", group(false));
    all.put("groups of blocks", group(true));
    Lanes lanes = loops.lanes();
    Normalisations norms = loops.normalisations();
    all.put("total", () -> norms.total(x, 0, 3 * block + 1, 0.5f));
    all.put("squares", () -> norms.squares(x, 0, 3 * block + 1, 0.5f, 0));
    all.put(
        "normalised row",
        () -> norms.normaliseRow(x, 0, 3 * block + 1, 0.5f, 0, 1, x, 0, x, 0, y, 0));
    all.put("spread", () -> lanes.spread(x, 0, 5, 4, y, 0));
    all.put("copy", () -> lanes.copy(x, 0, y, block));
    all.put("zero", () -> lanes.zero(y, 0));
    all.put("finish", () -> lanes.finish(x, 0, null, 0, y, 0, 3 * block, 0, 1));
    all.put("finish, residual", () -> lanes.finish(x, 0, x, block, y, 0, 3 * block, 0, 1));
    all.put("max", () -> lanes.max(x, 0, 3, block, 2, block, y, 0));
    all.put("sum", () -> lanes.sum(x, 0, 3, block, 2, block, 1, y, 0));
    all.put("dot", () -> lanes.dot(x, 0, 3, block, 3, block, 2, block, x, 0, block, x, 0, y, 0));
    all.put("scale", () -> lanes.scale(x, 0, x, 0, x, 0, y, 0, 3, 0, 1));
    all.put("square", () -> norms.square(x, 0, y, 0));
    all.put("normalise", () -> norms.normalise(x, 0, x, 0, 3, 1, 1, 0.75f, y, 0));
    for (Kind kind : List.of(Kind.SIGMOID, Kind.SWISH, Kind.GELU, Kind.GELU_TANH)) {
      Unary function = new Unary(kind, 1, 0);
      all.put(kind.name(), () -> loops.activations().apply(function, y, 0, 3 * block));
    }
    all.put("exponentials", () -> loops.activations().exponentials(x, 0, 3 * block + 1, 1, y, 0));
    for (WinogradTransform transform : loops.transforms()) {
      String name = "transform " + all.size();
      all.put(name + ", input", () -> transform.input(x, 0, 0, y, 40 * block, y, 0, block));
      all.put(name + ", output", () -> output(transform, null));
      all.put(name + ", residual", () -> output(transform, x));
    }
    return all;
  }

  private Runnable tile(RegisterTile tile) {
    int step = RegisterTile.PIXELS * block;
    return () -> tile.multiply(x, 0, step, x, 0, 1, x, 0, 0, 0, y, 0, step);
  }

  private Runnable group(boolean single) {
    GroupTile tile = loops.groupTile(single);
    int[] places = {0, 3 * block, 7 * block};
    return () -> tile.multiply(x, 0, places, block, 0, 3, 4, x, 0, 4 * block, x, 0, 0, y, 0);
  }

  private void output(WinogradTransform transform, float @Nullable [] residual) {
    transform.output(x, 0, block, y, 40 * block, x, 0, residual, 0, y, 0, 0, 0, 1);
  }

  /** Bytes that some calls allocate when compiled. */
  private static long bytes(Runnable loop) {
    long bytes = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && bytes > 0; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        loop.run();
      }
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    return bytes;
  }
}
