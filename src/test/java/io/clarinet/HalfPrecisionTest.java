package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of half precision, on each device. */
@RequiresOpenCl
class HalfPrecisionTest {
  private static final Path FLOAT16 = Path.of("src/test/resources/faults/float16");

  /** Input, weights and output are halves, which the input is given and the answer comes as. */
  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void aWholeNetwork(String device) throws IOException {
    Model model = Model.load(FLOAT16.resolve("model.onnx"));
    Tensor x = Npy.read(FLOAT16.resolve("in_x.npy"));
    assertThat(x.type()).isEqualTo(ElementType.FLOAT16);
    try (Session session = model.open(Device.find(device))) {
      Tensor y = session.run(List.of(x)).get(0);
      assertThat(y.type()).isEqualTo(ElementType.FLOAT16);
      Tensor right = Npy.read(FLOAT16.resolve("ref_0.npy"));
      assertThat(TestTensors.relativeError(y.as(right.type()), right)).isLessThan(5e-3);
    }
  }
}
