package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestTensors;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Gather;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.Split;
import io.clarinet.op.Tile;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that the strided copy does, exactly. */
@RequiresOpenCl
class CopyKernelsTest {
  private final Random random = Fresh.random();

  private Tensor tensor(String dims) {
    Tensor x = TestTensors.random(random, ints(dims));
    x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    return x;
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
  }

  private static Tensor longs(String text) {
    long[] values = Arrays.stream(ints(text)).asLongStream().toArray();
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  @ParameterizedTest
  @CsvSource({"1x2x3,3x2x1", "2x19x5x7,1x1x2x3", "3x1x4,1x5x1", "5,1", "1,7", "2x3x4,1x1x1"})
  void tile(String shape, String repeats) {
    OperatorContract.of(new Tile())
        .input(tensor(shape))
        .constant(longs(repeats))
        .tolerance(0)
        .check();
  }

  @Test
  void tileLeavesARepeatedBatchToTheHost() {
    Fact x = Fact.of(Shape.of(2, 3));
    Fact y = Fact.of(Shape.of(4, 3));
    Fact repeats = Fact.of(longs("2x1"));
    assertThat(new TileKernel().offer(List.of(x, repeats), List.of(y), device()))
        .isInstanceOf(Offer.Decline.class);
  }

  private static DeviceProfile device() {
    return TestDevice.poisoned().profile();
  }

  @ParameterizedTest
  @CsvSource({"1x8x1x1,2,true", "2x36x5x3,3,true", "2x36x5x3,3,false", "3x20x4x7,2,false"})
  void depthToSpace(String shape, int block, boolean channelsFirst) {
    OperatorContract.of(new DepthToSpace(block, channelsFirst))
        .input(tensor(shape))
        .tolerance(0)
        .check();
  }

  @ParameterizedTest
  @CsvSource({"1x1x2x2,2", "2x5x9x6,3", "3x20x8x14,2", "2x3x4x5,1"})
  void spaceToDepth(String shape, int block) {
    OperatorContract.of(new SpaceToDepth(block)).input(tensor(shape)).tolerance(0).check();
  }

  @ParameterizedTest
  @CsvSource({
    "2x5x7,1,0x2x4",
    "2x5x7,0,1",
    "2x5x7,2,6x5x4x3",
    "2x5x7,-1,3",
    "9,0,2x4",
    "2x3x2x3x2x3,3,1x2",
    "4x5x6,0,3x2x1"
  })
  void gather(String shape, int axis, String indices) {
    OperatorContract.of(new Gather(axis))
        .input(tensor(shape))
        .constant(longs(indices))
        .tolerance(0)
        .check();
  }

  @ParameterizedTest
  @CsvSource({"2x5x7,1,-1", "3x5x7,0,2", "5x3,0,1", "6,0,4", "2x3x4x5x6,4,0", "2x3x4x2x3x2,0,1"})
  void gatherOfOneSliceDropsItsAxis(String shape, int axis, long index) {
    OperatorContract.of(new Gather(axis))
        .input(tensor(shape))
        .constant(new Splat(ElementType.INT64, Shape.of(), index))
        .tolerance(0)
        .check();
  }

  @ParameterizedTest
  @CsvSource({"2x19x5x7,1,3x15x1", "4x6,0,1x3", "2x3x9,-1,4x5", "7,0,2x5"})
  void split(String shape, int axis, String parts) {
    OperatorContract.of(new Split(axis, ints(parts).length))
        .input(tensor(shape))
        .constant(longs(parts))
        .tolerance(0)
        .check();
  }
}
