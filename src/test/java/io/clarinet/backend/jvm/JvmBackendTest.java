package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.backend.Executable;
import io.clarinet.engine.Jvm;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Op;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whole plans on the JVM: right answers, shared use, and an orderly end. */
public class JvmBackendTest {
  private static final int BATCH = 2;
  private final Random random = Fresh.random();

  /** A stem, two branches that are joined, a residual, pooling and a classifier. */
  private Graph network() {
    GraphBuilder g = new GraphBuilder("small");
    String x = g.input("x", BATCH, 3, 19, 23);
    String stem = conv(g, "stem", x, 3, 20, Window2d.square(3, 2, 1));
    String left = conv(g, "left", stem, 20, 32, Window2d.square(1, 1, 0));
    String right = conv(g, "right", stem, 20, 13, Window2d.square(3, 1, 1));
    String joined = g.add("joined", new Concat(1), left, right);
    String deep = conv(g, "deep", joined, 45, 45, Window2d.square(5, 1, 2));
    String sum = g.add("sum", new Binary(Binary.Kind.ADD, Unary.RELU), deep, joined);
    String pooled = g.add("pooled", Pool2d.max(Window2d.square(3, 2, 1)), sum);
    String mean = g.add("mean", GlobalPool2d.AVERAGE, pooled);
    String flat = g.add("flat", new Reshape(new Reshape.Rule.Flatten(1)), mean);
    String w = g.constant("w", TestTensors.random(random, 11, 45));
    String b = g.constant("b", TestTensors.random(random, 11));
    String logits = g.add("logits", new Dense(true, Epilogue.BIAS), flat, w, b);
    return g.output(g.add("y", Softmax.along(1), logits)).output(logits).build();
  }

  private String conv(GraphBuilder g, String name, String x, int in, int out, Window2d window) {
    Tensor w = TestTensors.random(random, out, in, window.kernelH(), window.kernelW());
    float scale = 1 / (float) Math.sqrt(in * window.kernelH() * window.kernelW());
    for (long i = 0; i < w.shape().size(); i++) {
      w.set(i, w.doubleAt(i) * scale);
    }
    return g.add(
        name,
        new Conv2d(window, 1, Epilogue.BIAS.with(Unary.RELU)),
        x,
        g.constant(name + ".w", w),
        g.constant(name + ".b", TestTensors.random(random, out)));
  }

  private static Plan plan(Graph graph, JvmBackend backend, KernelTable<Op> kernels) {
    return new Planner(kernels).plan(graph, backend.profile());
  }

  private static List<Tensor> results(Plan plan) {
    return plan.outputs().stream()
        .map(b -> Tensor.zeros(b.place().type(), b.place().shape()))
        .toList();
  }

  private Tensor picture() {
    return TestTensors.random(random, BATCH, 3, 19, 23);
  }

  @Test
  public void networksAgreeWithTheReference() {
    Graph graph = network();
    Tensor x = picture();
    List<Tensor> expected = List.copyOf(new ReferenceRunner(graph).run(Map.of("x", x)).values());
    for (KernelTable<Op> kernels : List.of(JvmKernels.best(), JvmKernels.plain())) {
      for (int threads : new int[] {1, 2, 5}) {
        JvmOptions options = JvmOptions.standard().withThreads(threads).poisoned();
        try (JvmBackend backend = Jvm.open(options)) {
          Plan plan = plan(graph, backend, kernels);
          List<Tensor> actual = results(plan);
          try (Executable executable = backend.load(plan)) {
            executable.run(List.of(x), actual);
          }
          for (int i = 0; i < expected.size(); i++) {
            assertThat(TestTensors.relativeError(actual.get(i), expected.get(i))).isLessThan(1e-5);
          }
        }
      }
    }
  }

  /** In a JVM of its own: one vector width is in use there, as in an application. */
  @Test
  void aRunAllocatesNextToNothing() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Allocation.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String bytes = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(Long.parseLong(bytes.strip())).isLessThan(10_000);
  }

  /** Prints the fewest bytes that one of many runs has allocated. */
  public static final class Allocation {
    private Allocation() {}

    public static void main(String[] args) {
      System.out.println(new JvmBackendTest().fewestBytesOfARun());
    }
  }

  private long fewestBytesOfARun() {
    try (JvmBackend backend = Jvm.open(JvmOptions.standard().withThreads(1))) {
      Plan plan = plan(network(), backend, JvmKernels.best());
      List<Tensor> inputs = List.of(picture());
      List<Tensor> outputs = results(plan);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      try (Executable executable = backend.load(plan)) {
        for (int i = 0; i < 20_000 && least >= 10_000; i++) {
          long before = threads.getCurrentThreadAllocatedBytes();
          executable.run(inputs, outputs);
          least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
      }
      return least;
    }
  }

  @Test
  void callersShareLanes() throws Exception {
    Graph graph = network();
    JvmOptions options = JvmOptions.standard().withThreads(3).withLanes(2);
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (JvmBackend backend = Jvm.open(options)) {
      Plan plan = plan(graph, backend, JvmKernels.best());
      try (Executable executable = backend.load(plan)) {
        List<Callable<Double>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
          Tensor x = picture();
          Tensor expected =
              new ReferenceRunner(graph).run(Map.of("x", x)).values().iterator().next();
          List<Tensor> actual = results(plan);
          calls.add(
              () -> {
                executable.run(List.of(x), actual);
                return TestTensors.relativeError(actual.get(0), expected);
              });
        }
        for (Future<Double> error : callers.invokeAll(calls)) {
          assertThat(error.get()).isLessThan(1e-5);
        }
      }
    } finally {
      callers.shutdown();
    }
  }

  /** Other types than float32 pass through as their bits, whatever their number of bytes. */
  @Test
  void otherTypesRunOnTheHost() {
    for (ElementType type : ElementType.values()) {
      GraphBuilder g = new GraphBuilder("other");
      String x = g.input(new Input("x", type, List.of(7, 3)));
      Slice rows = new Slice(List.of(new Slice.Range(0, 1, 6, 2)));
      Graph graph = g.output(g.add("y", rows, x)).output(x).build();
      Tensor input = Tensor.zeros(type, Shape.of(7, 3));
      for (int i = 0; i < 21; i++) {
        input.set(i, type == ElementType.BOOL ? i % 2 : i + 40);
      }
      try (JvmBackend backend = Jvm.open(JvmOptions.standard().poisoned())) {
        Plan plan = plan(graph, backend, JvmKernels.best());
        List<Tensor> outputs = results(plan);
        try (Executable executable = backend.load(plan)) {
          executable.run(List.of(input), outputs);
        }
        assertThat(outputs.get(0).bytes()).isEqualTo(rows.evaluate(List.of(input)).get(0).bytes());
        assertThat(outputs.get(1).bytes()).isEqualTo(input.bytes());
      }
    }
  }
}
