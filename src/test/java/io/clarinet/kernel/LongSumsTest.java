package io.clarinet.kernel;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.engine.Jvm;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Lrn;
import io.clarinet.op.MatMul;
import io.clarinet.op.Op;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reduce;
import io.clarinet.op.Softmax;
import io.clarinet.op.Window2d;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sums over as many elements as a scanned page has, of one sign and nearly one size: the data on
 * which one running sum in single precision loses most, because every addition rounds the same way.
 */
class LongSumsTest {
  private static final double NEAR = 3e-6;

  /** Error of the transforms of F(4 × 4, 3 × 3). */
  private static final double WINOGRAD = 1e-5;

  record Problem(String name, Op op, Tensor input, List<Tensor> constants, double tolerance) {
    OperatorContract contract() {
      OperatorContract contract = OperatorContract.of(op).input(input).tolerance(tolerance);
      constants.forEach(contract::constant);
      return contract;
    }

    Problem within(double wider) {
      return new Problem(name, op, input, constants, wider);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Random RANDOM = Fresh.random();

  private static Tensor page(int... dims) {
    return TestTensors.page(RANDOM, 0.9, 0.01, dims);
  }

  private static Problem problem(String name, Op op, Tensor input, Tensor... constants) {
    return new Problem(name, op, input, List.of(constants), NEAR);
  }

  private static Reduce reduce(Reduce.Kind kind, Integer... axes) {
    return new Reduce(kind, List.of(axes), true, false);
  }

  private static Conv2d conv(Window2d window, int groups) {
    return new Conv2d(window, groups, Epilogue.NONE);
  }

  private static Stream<Problem> averages() {
    Window2d wide = new Window2d(99, 399, 1, 1, 1, 1, Padding.NONE);
    Window2d tall = new Window2d(5001, 3, 1, 1, 1, 1, Padding.NONE);
    return Stream.of(
        problem("global average", GlobalPool2d.AVERAGE, page(1, 2, 200, 241)),
        problem("wide windows", Pool2d.average(wide), page(1, 2, 100, 400)),
        problem("tall windows", Pool2d.average(tall), page(1, 1, 5002, 4)),
        problem("image mean", reduce(Reduce.Kind.MEAN, 2, 3), page(1, 2, 200, 241)));
  }

  private static Stream<Problem> products() {
    Window2d one = Window2d.square(1, 1, 0);
    Window2d three = Window2d.square(3, 1, 1);
    return Stream.of(
        problem("dense", new Dense(false, Epilogue.NONE), page(3, 16385), page(16385, 5)),
        problem("dense, wide", new Dense(false, Epilogue.NONE), page(1, 16384), page(16384, 21)),
        problem("1x1 of one pixel", conv(one, 1), page(1, 16384, 1, 1), page(19, 16384, 1, 1)),
        problem("1x1", conv(one, 1), page(1, 8192, 5, 5), page(19, 8192, 1, 1)),
        problem("3x3", conv(three, 1), page(1, 1024, 7, 6), page(17, 1024, 3, 3)).within(WINOGRAD),
        problem("groups", conv(three, 2), page(1, 2002, 4, 3), page(6, 1001, 3, 3)),
        problem(
            "each channel",
            conv(Window2d.square(99, 1, 0), 3),
            page(1, 3, 100, 108),
            page(3, 1, 99, 99)));
  }

  static Stream<Problem> everywhere() {
    return Stream.of(
            averages().limit(3),
            products(),
            Stream.of(
                problem("softmax", Softmax.along(1), page(1, 200_001)),
                problem("responses", new Lrn(2000, 1, 0.75f, 1), page(1, 2000, 2, 1))))
        .flatMap(s -> s);
  }

  /** Operators that the JVM leaves to the reference. */
  static Stream<Problem> onDevices() {
    WindowNd window =
        new WindowNd(
            List.of(2, 2),
            List.of(2, 2),
            List.of(1, 1),
            Padding.Rule.EXPLICIT,
            List.of(0, 0, 0, 0));
    return Stream.of(
        problem("row", reduce(Reduce.Kind.MEAN, 1), page(1, 100_003)),
        problem("columns", reduce(Reduce.Kind.MEAN, 1), page(1, 50_001, 3)),
        problem("batch", reduce(Reduce.Kind.MEAN, 0, 1), page(41, 2003, 3)),
        problem("norm", reduce(Reduce.Kind.L2, 1), page(1, 100_003)),
        problem("softmax of columns", Softmax.along(1), page(1, 50_001, 3)),
        problem("layer", new LayerNorm(1, 1e-5f), page(1, 50_001), page(1), page(1)),
        problem(
            "far from zero",
            new GroupNorm(0, 1e-9f),
            TestTensors.page(RANDOM, 100, 0.01, 1, 2, 100, 251),
            page(2),
            page(2)),
        problem("matrices", new MatMul(), page(1, 2, 15_011), page(15_011, 69)),
        problem(
            "transposed",
            new ConvTranspose(window, 1, List.of(), List.of()),
            page(1, 8192, 7, 3),
            page(8192, 5, 2, 2)));
  }

  @Nested
  @RequiresOpenCl
  class OnADevice {

    @ParameterizedTest
    @MethodSource({
      "io.clarinet.kernel.LongSumsTest#everywhere",
      "io.clarinet.kernel.LongSumsTest#onDevices"
    })
    void loseNothing(Problem p) {
      p.contract().check();
    }
  }

  @Nested
  class OnTheJvm {

    @ParameterizedTest
    @MethodSource("io.clarinet.kernel.LongSumsTest#everywhere")
    void loseNothing(Problem p) {
      JvmBackend backend = Jvm.open(JvmOptions.standard().withThreads(2).poisoned());
      p.contract().on(backend, JvmKernels.best()).check();
      p.contract().on(backend, JvmKernels.plain()).check();
    }
  }
}
