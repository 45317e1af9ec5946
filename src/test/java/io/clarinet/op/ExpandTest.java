package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresOpenCl
class ExpandTest {
  private final Random random = Fresh.random();

  @ParameterizedTest
  @CsvSource({
    "1, 5",
    "3x1, 3x7",
    "1x7, 3x7",
    "7, 2x3x7",
    "5x7, 2x5x7",
    "2x1x5x1, 2x3x1x4",
    "4x1x6, 1x5x1"
  })
  void kernelAgreesWithTheReference(String from, String shape) {
    long[] target = Arrays.stream(shape.split("x")).mapToLong(Long::parseLong).toArray();
    OperatorContract contract =
        OperatorContract.of(new Expand())
            .input(TestTensors.random(random, extents(from)))
            .constant(Tensor.ofLongs(Shape.of(target.length), target));
    assertThat(contract.tolerance(0).check()).containsExactly("expand");
  }

  private static int[] extents(String text) {
    return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
  }
}
