package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Conv2dBlockwiseTest {

  /** A core takes the first half of what is to be done, the rows last: so the same half of rows. */
  @ParameterizedTest
  @CsvSource({"1, 32, 112, 16", "1, 240, 28, 4", "1, 672, 14, 2", "1, 1152, 7, 1", "8, 672, 14, 1"})
  void twoCoresHaveAsManyRowsEach(int n, int channels, int extent, long runs) {
    Conv2d op = new Conv2d(Window2d.square(3, 1, 1), channels, Epilogue.NONE);
    Tensor weights = Tensor.zeros(Shape.of(channels, 1, 3, 3));
    List<Fact> inputs = List.of(Fact.of(Shape.of(n, channels, extent, extent)), Fact.of(weights));
    Offer offer = new Conv2dBlockwise(op).offer(inputs, op.infer(inputs), new TestProfile().make());
    assertThat(offer)
        .isInstanceOfSatisfying(
            Offer.Accept.class,
            accept ->
                assertThat(((Work.Launches) accept.work()).launches().get(0).range().global())
                    .containsExactly(channels / 16L, runs, (long) n));
  }
}
