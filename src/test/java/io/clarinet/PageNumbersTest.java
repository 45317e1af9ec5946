package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that gave wrong numbers for scanned pages, and beside large numbers. */
@RequiresOpenCl
class PageNumbersTest {
  private static final Path FAULTS = Path.of("src", "test", "resources", "faults");
  private static final int H = 1080;
  private static final int W = 1920;
  private final Random random = Fresh.random();

  static Stream<Device> devices() {
    return Stream.of(Device.find(TestDevice.request()), Device.cpu());
  }

  private static float[] run(String model, Device device, Tensor input) throws IOException {
    try (Session session = Model.load(FAULTS.resolve(model)).open(device)) {
      return session.run(input).toFloatArray();
    }
  }

  private static void requireMeans(float[] y, Tensor x) {
    int pixels = (int) (x.shape().size() / y.length);
    for (int c = 0; c < y.length; c++) {
      double sum = 0;
      for (int i = 0; i < pixels; i++) {
        sum += x.doubleAt((long) c * pixels + i);
      }
      double mean = sum / pixels;
      assertThat(Math.abs(y[c] - mean) / mean).isLessThan(3e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void meansOfPicturesOfOneColour(Device device) throws IOException {
    float[] values = new float[3 * 224 * 224];
    Arrays.fill(values, 0.1f);
    Tensor x = Tensor.of(Shape.of(1, 3, 224, 224), values);
    requireMeans(run("fault-gap-224.onnx", device, x), x);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void meansOfPages(Device device) throws IOException {
    Tensor x = page();
    requireMeans(run("fault-gap-1080x1920.onnx", device, x), x);
  }

  /** Paper of 0.9 with a picture in it, in steps of a byte. */
  private Tensor page() {
    Tensor x = Tensor.zeros(Shape.of(1, 3, H, W));
    for (int i = 0; i < 3 * H * W; i++) {
      int row = i / W % H;
      int column = i % W;
      boolean inside = row >= 200 && row < 800 && column >= 300 && column < 900;
      x.set(i, Math.rint((inside ? random.nextDouble() : 0.9) * 255) / 255);
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("devices")
  void normsOfPages(Device device) throws IOException {
    Tensor x = Tensor.zeros(Shape.of(1, 3, H, W));
    for (int i = 0; i < 3 * H * W; i++) {
      x.set(i, i / W % H < 64 ? 0 : (1 - 0.485) / 0.229);
    }
    float[] y = run("fault-instancenorm-1080x1920.onnx", device, x);
    double share = 64.0 / H;
    double white = x.doubleAt(x.shape().size() - 1);
    double deviation = Math.sqrt(share * (1 - share) * white * white + 1e-5);
    assertThat((double) y[0]).isCloseTo((share - 1) * white / deviation, within(1e-5));
    assertThat((double) y[y.length - 1]).isCloseTo(share * white / deviation, within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void sinesBesideLargeNumbers(Device device) throws IOException {
    Tensor x = TensorFile.read(FAULTS.resolve("fault-sin-beside-1e30.npy"));
    float[] y = run("fault-sin-beside-1e30.onnx", device, x);
    for (int i = 0; i < y.length; i++) {
      double near = 4e-7 * Math.min(1, Math.abs(x.doubleAt(i)));
      assertThat((double) y[i]).isCloseTo(Math.sin(x.doubleAt(i)), within(near));
    }
  }
}
