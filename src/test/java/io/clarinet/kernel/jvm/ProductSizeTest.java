package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Speed;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ProductSizeTest {
  private static final int WIDEST = 4;
  private static final int BLOCK = 16;

  private static DeviceProfile threads(int count) {
    return JvmProfile.of(count, BLOCK).with(Speed.assumed(count * 250e9, 45e9, 4e-6));
  }

  /** A pointwise layer. */
  private static ProductSize size(int images, int pixels, int channels, int outBlocks) {
    double weights = 4.0 * channels * outBlocks * BLOCK;
    return new ProductSize(
        images,
        1,
        pixels,
        64,
        (outBlocks + WIDEST - 1) / WIDEST,
        WIDEST,
        weights,
        4.0 * pixels * channels,
        weights * images * pixels / 2);
  }

  @Test
  void manyWeightsAreReadOnce() {
    TaskSplit split = size(1, 49, 2048, 32).split(threads(2));
    assertThat(split.runs()).isEqualTo(1);
    assertThat(split.ranges()).isEqualTo(8);
  }

  @Test
  void manyInputsAreReadOnce() {
    TaskSplit split = size(1, 3136, 256, 8).split(threads(2));
    assertThat(split.ranges()).isEqualTo(1);
    assertThat(split.tasks()).isBetween(8, 32);
  }

  @Test
  void allThreadsHaveTasks() {
    for (int threads : new int[] {1, 2, 3, 8, 64}) {
      for (int pixels : new int[] {1, 6, 7, 49, 196, 3137}) {
        TaskSplit split = size(1, pixels, 512, 61).split(threads(threads));
        int tiles = (pixels + 5) / 6;
        assertThat(split.tasks())
            .describedAs("%d threads, %d pixels: %s", threads, pixels, split)
            .isGreaterThanOrEqualTo(Math.min(2 * threads, tiles * 16));
        covers(split, pixels, 61);
      }
    }
    covers(size(5, 50, 100, 3).split(threads(2)), 50, 3);
  }

  /** Each pixel and block of each image is one task's. */
  private static void covers(TaskSplit split, int pixels, int blocks) {
    BitSet seen = new BitSet();
    for (int task = 0; task < split.tasks(); task++) {
      for (int b = split.firstBlock(task); b < split.endBlock(task, blocks); b++) {
        for (int p = 0; p < split.pixels(task); p++) {
          int at = (split.image(task) * blocks + b) * pixels + split.firstPixel(task) + p;
          assertThat(seen.get(at)).isFalse();
          seen.set(at);
        }
      }
    }
    assertThat(seen.cardinality()).isEqualTo(split.images() * blocks * pixels);
  }
}
