package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a product of pixels and output blocks takes, by which it is divided into tasks.
 *
 * @param pixels of one image
 * @param mostTiles pixel tiles of a run at most
 * @param columns tiles of output blocks
 * @param widest blocks of such a tile
 * @param weightBytes of one group, which each run of pixels reads
 * @param inputBytes of one group of an image, which each range of columns moves
 * @param flops of the whole
 */
record ProductSize(
    int images,
    int groups,
    int pixels,
    int mostTiles,
    int columns,
    int widest,
    double weightBytes,
    double inputBytes,
    double flops) {
  /** Tasks of a thread: enough for one that is held up to cost a share of its own. */
  private static final int FEWEST_TASKS = 4;

  private static final int MOST_TASKS = 16;

  private int tiles() {
    return ceilDiv(pixels, RegisterTile.PIXELS);
  }

  /** The division of the shortest predicted time. */
  TaskSplit split(DeviceProfile device) {
    int most = ceilDiv(MOST_TASKS * device.limits().computeUnits(), images * groups);
    return IntStream.rangeClosed(1, Math.min(columns, most))
        .boxed()
        .flatMap(ranges -> splits(ranges, most / ranges))
        .min(Comparator.comparingDouble(split -> seconds(split, device)))
        .orElseThrow();
  }

  private Stream<TaskSplit> splits(int ranges, int mostRuns) {
    int fewest = ceilDiv(tiles(), mostTiles);
    return IntStream.rangeClosed(fewest, Math.max(fewest, Math.min(tiles(), mostRuns)))
        .mapToObj(runs -> split(runs, ranges));
  }

  private TaskSplit split(int mostRuns, int mostRanges) {
    int tilesPerRun = ceilDiv(tiles(), mostRuns);
    int columnsPerRange = ceilDiv(columns, mostRanges);
    return new TaskSplit(
        images,
        groups,
        pixels,
        tilesPerRun,
        ceilDiv(tiles(), tilesPerRun),
        columnsPerRange * widest,
        ceilDiv(columns, columnsPerRange));
  }

  /** Arithmetic, and what the cores' own caches do not keep, until the last task ends. */
  private double seconds(TaskSplit split, DeviceProfile device) {
    double computed =
        (double) split.tilesPerRun()
            * split.runs()
            / tiles()
            * split.blocksPerRange()
            * split.ranges()
            / (columns * widest);
    double few = (double) FEWEST_TASKS * device.limits().computeUnits() / split.tasks();
    double waiting = Math.max(few, device.limits().imbalance(split.tasks()));
    double moved = images * groups * (split.runs() * weightBytes + split.ranges() * inputBytes);
    double arithmetic = flops * computed / device.speed().peakFlops();
    return waiting * (arithmetic + moved / device.speed().bandwidth());
  }
}
