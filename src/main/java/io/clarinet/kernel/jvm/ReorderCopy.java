package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Reorder;
import io.clarinet.kernel.Work;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reorders between plain and blocked images. */
record ReorderCopy(Reorder reorder) implements Kernel {
  /** Pixels of a task. */
  private static final int CHUNK = 1 << 10;

  /** Pixels of which all lanes are copied while they are in the first cache. */
  private static final int NEAR = 1 << 8;

  @Override
  public String name() {
    return "reorder";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    if (reorder.from().isBlocked() == reorder.to().isBlocked()) {
      return new Offer.Decline("not between plain and blocked");
    }
    Shape x = inputs.get(0).shape();
    int block = reorder.from().isBlocked() ? reorder.from().block() : reorder.to().block();
    return new Offer.Accept(
        new Work.Jvm(new Copy(x.n(), x.c(), x.h() * x.w(), block, reorder.to().isBlocked())),
        List.of(reorder.from()),
        List.of(reorder.to()),
        List.of(),
        List.of(),
        reorder.seconds(x, device));
  }

  private record Copy(int images, int channels, int pixels, int block, boolean toBlocked)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(images * blocks() * chunks(), task -> task(arguments, task));
    }

    private int blocks() {
      return ceilDiv(channels, block);
    }

    private int chunks() {
      return ceilDiv(pixels, CHUNK);
    }

    private void task(Arguments a, int task) {
      int image = task / chunks() / blocks();
      int b = task / chunks() % blocks();
      int first = task % chunks() * CHUNK;
      for (int p = first; p < Math.min(pixels, first + CHUNK); p += NEAR) {
        near(a, image, b, p, Math.min(NEAR, pixels - p));
      }
    }

    /** Some pixels of a block, lane by lane. */
    private void near(Arguments a, int image, int b, int first, int count) {
      View plain = toBlocked ? a.input(0) : a.output(0);
      View blocked = toBlocked ? a.output(0) : a.input(0);
      int real = Math.min(block, channels - b * block);
      for (int lane = 0; lane < (toBlocked ? block : real); lane++) {
        int at = plain.item(image) + (b * block + lane) * pixels + first;
        int to = blocked.item(image) + (b * pixels + first) * block + lane;
        if (toBlocked) {
          scatter(lane < real ? plain.data() : null, at, blocked.data(), to, count);
        } else {
          gather(blocked.data(), to, plain.data(), at, count);
        }
      }
    }

    private void scatter(float @Nullable [] x, int at, float[] y, int to, int count) {
      for (int p = 0; p < count; p++) {
        y[to + p * block] = x == null ? 0 : x[at + p];
      }
    }

    private void gather(float[] x, int at, float[] y, int to, int count) {
      for (int p = 0; p < count; p++) {
        y[to + p] = x[at + p * block];
      }
    }
  }
}
