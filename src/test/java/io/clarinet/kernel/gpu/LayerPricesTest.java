package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which kernels layers of known networks get on GPUs that are not here, and at what price. */
class LayerPricesTest {
  private static final DeviceProfile H100 = ShippedProfiles.find("h100").orElseThrow();

  record Layer(String name, Op op, Shape x, Shape weights) {
    List<Fact> inputs() {
      return List.of(Fact.of(x), Fact.of(new Splat(ElementType.FLOAT32, weights, 1)));
    }

    Shape y() {
      return op.infer(inputs()).get(0).shape();
    }

    /** Time of every byte once. */
    double least(DeviceProfile device) {
      double bytes = 4.0 * (x.size() + weights.size() + y().size());
      return bytes / (GpuCost.SHARE_OF_BANDWIDTH * device.speed().bandwidth());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Layer conv(
      String name, int n, int ic, int oc, int size, int kernel, int stride, int groups) {
    Conv2d op = new Conv2d(Window2d.square(kernel, stride, kernel / 2), groups, Epilogue.NONE);
    Shape weights = Shape.of(oc, ic / groups, kernel, kernel);
    return new Layer(name, op, Shape.of(n, ic, size, size), weights);
  }

  private static Layer transposed(int ic, int oc, int groups, int size) {
    List<Integer> two = List.of(2, 2);
    WindowNd window =
        new WindowNd(two, two, List.of(1, 1), Padding.Rule.EXPLICIT, List.of(0, 0, 0, 0));
    ConvTranspose op = new ConvTranspose(window, groups, List.of(), List.of());
    Shape weights = Shape.of(ic, oc / groups, 2, 2);
    return new Layer("u-net", op, Shape.of(1, ic, size, size), weights);
  }

  private static Layer dense(String name, int rows, int k, int outputs) {
    Dense op = new Dense(true, Epilogue.NONE);
    return new Layer(name, op, Shape.of(rows, k), Shape.of(outputs, k));
  }

  static Stream<Layer> layers() {
    return Stream.of(
        conv("mobilenet", 1, 96, 96, 56, 3, 2, 96),
        conv("efficientnet", 1, 1152, 1152, 7, 5, 1, 1152),
        conv("convnext", 1, 96, 96, 56, 7, 1, 96),
        conv("multiplier", 1, 30, 90, 15, 3, 1, 30),
        conv("resnext", 1, 128, 128, 56, 3, 1, 32),
        conv("resnext last", 1, 1024, 1024, 7, 3, 1, 32),
        conv("shufflenet", 1, 240, 240, 28, 1, 1, 3),
        conv("alexnet", 1, 96, 256, 27, 5, 1, 2),
        conv("odd groups", 1, 30, 42, 13, 3, 1, 6),
        transposed(128, 64, 1, 56),
        transposed(21, 21, 21, 32),
        dense("vgg", 1, 25_088, 4096),
        dense("resnet", 1, 2048, 1000),
        dense("few", 3, 100_000, 3),
        dense("many rows", 300, 512, 10));
  }

  /** Also where groups are of 64 and local memory is 16 kB. */
  @ParameterizedTest
  @MethodSource("layers")
  void noneIsLeftToCpuDevices(Layer layer) {
    for (String name : ShippedProfiles.names()) {
      DeviceProfile device = ShippedProfiles.find(name).orElseThrow();
      assertThat(best(layer, device)).as(name).doesNotContainKey("cpu");
      DeviceProfile small =
          DeviceProfile.gpu(
              name,
              device.simt().with(32, 64, false),
              device.limits().withLocalMemory(16 << 10),
              device.speed());
      assertThat(best(layer, small)).as(name).doesNotContainKey("cpu");
    }
  }

  /** The kernels of the cheapest offer, and its seconds. */
  private static Map<String, Double> best(Layer layer, DeviceProfile device) {
    List<Kernel> own = GpuKernels.own().of(layer.op());
    Map<String, Double> all =
        GpuKernels.table().of(layer.op()).stream()
            .filter(k -> accepted(k, layer, device))
            .collect(
                Collectors.toMap(
                    k -> own.stream().anyMatch(o -> o.name().equals(k.name())) ? k.name() : "cpu",
                    k -> accept(k, layer, device).seconds(),
                    Math::min));
    double least = all.values().stream().mapToDouble(s -> s).min().orElseThrow();
    all.values().removeIf(s -> s > least);
    return all;
  }

  private static boolean accepted(Kernel kernel, Layer layer, DeviceProfile device) {
    return kernel.offer(layer.inputs(), layer.op().infer(layer.inputs()), device)
        instanceof Offer.Accept;
  }

  private static Offer.Accept accept(Kernel kernel, Layer layer, DeviceProfile device) {
    return (Offer.Accept) kernel.offer(layer.inputs(), layer.op().infer(layer.inputs()), device);
  }

  static Stream<Layer> boundByMemory() {
    return Stream.of(
        conv("mobilenet", 64, 96, 96, 112, 3, 1, 96),
        conv("mobilenet, stride 2", 64, 96, 96, 112, 3, 2, 96),
        conv("efficientnet", 64, 240, 240, 28, 3, 1, 240),
        dense("vgg", 1, 25_088, 4096),
        dense("vgg, 4 rows", 4, 25_088, 4096));
  }

  /** Every byte once, and a tenth more. */
  @ParameterizedTest
  @MethodSource("boundByMemory")
  void largeLayersTakeAsLongAsTheirBytes(Layer layer) {
    Map<String, Double> best = best(layer, H100);
    double seconds = best.values().iterator().next() - H100.speed().launchSeconds();
    assertThat(seconds)
        .as(best.toString())
        .isBetween(0.99 * layer.least(H100), 1.1 * layer.least(H100));
  }

  @Test
  void imagesThatFillNoDeviceGetOneOutputAWorkItem() {
    assertThat(best(conv("late", 1, 512, 512, 14, 3, 1, 512), H100))
        .containsKey("conv2d_depthwise_gpu_1x1");
    assertThat(best(conv("many", 64, 96, 96, 112, 3, 1, 96), H100))
        .containsKey("conv2d_depthwise_gpu_4x1");
  }

  @Test
  void longSumsOfFewOutputsAreShared() {
    Layer few = dense("few", 1, 1 << 18, 10);
    Offer.Accept offer = accept(new DenseGpu((Dense) few.op(), 1), few, H100);
    List<Launch> launches = ((Work.Launches) offer.work()).launches();
    assertThat(launches)
        .extracting(Launch::kernel)
        .containsExactly("dense_gpu", "dense_reduce_gpu");
    assertThat(launches.get(0).range().groups()).isGreaterThan(H100.limits().computeUnits() / 2);
  }
}
