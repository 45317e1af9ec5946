package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceLimits;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A convolution as tasks of like size.
 *
 * @param runs of pixels of an image
 * @param ranges of output blocks of a group
 */
record PartSplit(int runs, int ranges) {

  /** What one task computes: output blocks of one group, and pixels of an image. */
  record Part(int image, int group, int firstBlock, int endBlock, int firstPixel, int pixels) {

    int blocks() {
      return endBlock - firstBlock;
    }

    /** Elements of a batch item before the first pixel in an output block of the group. */
    int within(Geometry g, int b) {
      int plane = group * g.outBlocks() + b;
      return (plane * g.pixels() + firstPixel) * g.block();
    }
  }

  /** Those worth a look for so many threads, of parts that are not too large. */
  static Stream<PartSplit> of(Geometry g, int mostPixels, int mostChannels, int threads) {
    int runs = ceilDiv(g.pixels(), mostPixels);
    int ranges = ceilDiv(g.outBlocks(), Math.max(1, mostChannels / g.block()));
    return IntStream.rangeClosed(runs, runs + threads)
        .boxed()
        .flatMap(
            most ->
                IntStream.rangeClosed(ranges, ranges + threads)
                    .mapToObj(range -> new PartSplit(most, range)));
  }

  int tasks(Geometry g) {
    return g.batch() * g.groups() * runs * ranges;
  }

  /** Pixels of a task. */
  double pixels(Geometry g) {
    return (double) g.pixels() / runs;
  }

  /** Output channels of a task. */
  double channels(Geometry g) {
    return (double) g.outBlocks() * g.block() / ranges;
  }

  /** Operations in the time that all tasks take, of so many products each. */
  double operations(Geometry g, double products, DeviceLimits limits) {
    int tasks = tasks(g);
    return 2 * products * tasks * limits.imbalance(tasks);
  }

  Part part(Geometry g, int task) {
    int range = task % ranges;
    int run = task / ranges % runs;
    int firstPixel = bound(g.pixels(), run, runs);
    return new Part(
        task / ranges / runs / g.groups(),
        task / ranges / runs % g.groups(),
        bound(g.outBlocks(), range, ranges),
        bound(g.outBlocks(), range + 1, ranges),
        firstPixel,
        bound(g.pixels(), run + 1, runs) - firstPixel);
  }

  private static int bound(int all, int part, int parts) {
    return (int) ((long) all * part / parts);
  }
}
