package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.engine.Jvm;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReshapeTest {

  private static final Offer PLAIN = new Offer.View(Layout.PLAIN, Layout.PLAIN);

  private static Offer offer(Reshape reshape, Fact x) {
    try (JvmBackend device = Jvm.open(JvmOptions.standard())) {
      List<Fact> inputs = List.of(x);
      return OpenClKernels.table()
          .of(reshape)
          .get(0)
          .offer(inputs, reshape.infer(inputs), device.profile());
    }
  }

  @Test
  void aScalarBecomesAMatrix() {
    Reshape matrix = new Reshape(new Reshape.Rule.Unsqueeze(List.of(0, 1)));
    assertThat(offer(matrix, Fact.of(Shape.of()))).isEqualTo(PLAIN);
  }

  /** Integers are never blocked, not even where that would not move them. */
  @Test
  void integersStayPlain() {
    Reshape rows = new Reshape(new Reshape.Rule.Flatten(1));
    Shape pixel = Shape.of(2, 16, 1, 1);
    assertThat(offer(rows, Fact.of(ElementType.INT64, pixel))).isEqualTo(PLAIN);
    assertThat(offer(rows, Fact.of(pixel))).isNotEqualTo(PLAIN);
  }
}
