package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.backend.cpu.CpuBackend;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReshapeTest {

  @Test
  void aScalarBecomesAMatrix() {
    Reshape matrix = new Reshape(new Reshape.Rule.Unsqueeze(List.of(0, 1)));
    List<Fact> scalar = List.of(Fact.of(Shape.of()));
    try (CpuBackend device = CpuBackend.open()) {
      Offer offer = matrix.kernels().get(0).offer(scalar, matrix.infer(scalar), device.profile());
      assertThat(offer).isEqualTo(new Offer.View(Layout.PLAIN, Layout.PLAIN));
    }
  }
}
