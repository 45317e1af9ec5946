package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.HandMadePlans.plain;
import static io.clarinet.backend.opencl.ClampPlans.clamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.Executable;
import io.clarinet.backend.HandMadePlans;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Unary;
import io.clarinet.pass.Passes;
import io.clarinet.pass.SplitBatch;
import io.clarinet.pass.SplitBatch.Level;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many launches as one give bit for bit what they give one by one. */
@RequiresOpenCl
class ChainTest {
  private static final Shape WIDE = Shape.of(2, 5000);

  private static OpenClOptions options(int block) {
    System.setProperty("clarinet.block", Integer.toString(block));
    try {
      return OpenClOptions.fromProperties().poisoned();
    } finally {
      System.clearProperty("clarinet.block");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cifar_resnet20, 16, 3",
    "cifar_resnet20, 8, 1",
    "cifar_resnet20, 4, 1",
    "preact_resnet20, 16, 1",
    "squeezenet1.1, 16, 2"
  })
  void networksGiveTheSame(String name, int block, int batch) {
    Graph graph = Zoo.find(name).orElseThrow().graph(new SeededWeights(7));
    Shape shape = graph.inputs().get(0).shape(batch);
    Graph concrete = Passes.standard().apply(graph.specialised(Map.of("input", shape)));
    Tensor x = random(shape, 3);
    assertThat(run(concrete, options(block).withChain(true), x))
        .isEqualTo(run(concrete, options(block).withChain(false), x));
  }

  @ParameterizedTest
  @CsvSource({"cifar_resnet20, 16, 4, 2", "cifar_resnet20, 8, 6, 3", "squeezenet1.1, 16, 2, 2"})
  void strandsGiveTheSame(String name, int block, int batch, int strands) {
    Graph graph = Zoo.find(name).orElseThrow().graph(new SeededWeights(7));
    Shape shape = graph.inputs().get(0).shape(batch);
    Graph concrete = Passes.standard().apply(graph.specialised(Map.of("input", shape)));
    int nodes = concrete.nodes().size();
    List<Level> levels = List.of(new Level(batch / strands, nodes - 2), new Level(batch, nodes));
    Graph split = new SplitBatch(batch, levels, strands).apply(concrete);
    Tensor x = random(shape, 3);
    OpenClOptions chained = options(block).withChain(true);
    assertThat(strands(split, chained, strands)).isEqualTo(strands);
    assertThat(runsStrands(split, options(block).withChain(false))).isFalse();
    assertThat(run(split, chained, x)).isEqualTo(run(split, options(block).withChain(false), x));
  }

  @Test
  void inputsAreReadWhereverTheyLie() {
    Graph graph = Zoo.find("cifar_resnet20").orElseThrow().graph(new SeededWeights(7));
    Shape shape = graph.inputs().get(0).shape(3);
    Graph concrete = Passes.standard().apply(graph.specialised(Map.of("input", shape)));
    int bytes = (int) shape.size() * Float.BYTES;
    List<ByteBuffer> rooms =
        List.of(
            ByteBuffer.allocateDirect(bytes),
            ByteBuffer.allocateDirect(bytes + 4).position(4).slice(),
            ByteBuffer.allocate(bytes),
            ByteBuffer.allocateDirect(bytes + 1).position(1).slice());
    List<Tensor> inputs = new ArrayList<>();
    for (ByteBuffer room : rooms) {
      room.put(random(shape, inputs.size()).bytes()).flip();
      inputs.add(tensor(shape, room));
    }
    inputs.add(tensor(shape, random(shape, inputs.size()).bytes().asReadOnlyBuffer()));
    assertThat(answers(concrete, options(0).withChain(true), inputs))
        .isDeepEqualTo(answers(concrete, options(0).withChain(false), inputs));
  }

  private static Tensor tensor(Shape shape, ByteBuffer bytes) {
    return Tensor.wrap(ElementType.FLOAT32, shape, bytes.order(ByteOrder.nativeOrder()));
  }

  /** Each input follows another twice, on one lane. */
  private static float[][] answers(Graph graph, OpenClOptions options, List<Tensor> inputs) {
    List<float[]> answers = new ArrayList<>();
    try (OpenClBackend backend = TestDevice.open(options)) {
      Plan plan = new Planner(OpenClKernels.table()).plan(graph, backend.profile());
      InputReads reads = InputReads.of(plan);
      assertThat(plan.steps()).anyMatch(step -> reads.input(plan.steps().indexOf(step), 0) == 0);
      try (Executable executable = backend.load(plan)) {
        for (int i = 0; i < 2 * inputs.size(); i++) {
          Tensor y = Tensor.zeros(plan.outputs().get(0).place().shape());
          executable.run(List.of(inputs.get(i % inputs.size())), List.of(y));
          answers.add(y.toFloatArray());
        }
      }
    }
    return answers.toArray(float[][]::new);
  }

  private static boolean runsStrands(Graph graph, OpenClOptions options) {
    try (OpenClBackend backend = TestDevice.open(options)) {
      return backend.runsStrands(new Planner(OpenClKernels.table()).plan(graph, backend.profile()));
    }
  }

  @Test
  void strandsTooShortForAChainDoNotRunSideBySide() {
    int cores = 2;
    for (int nodes : new int[] {1, Segment.FEWEST}) {
      GraphBuilder graph = new GraphBuilder("line");
      String last = graph.input("x", cores, 4);
      for (int i = 0; i < nodes; i++) {
        last = graph.add("relu" + i, Unary.RELU, last);
      }
      Level half = new Level(1, nodes);
      Graph split =
          new SplitBatch(cores, List.of(half, new Level(cores, nodes)), cores)
              .apply(graph.output(last).build());
      boolean isEven = TestDevice.poisoned().profile().limits().computeUnits() % cores == 0;
      assertThat(runsStrands(split, options(0).withChain(true))).isEqualTo(nodes > 1 && isEven);
    }
  }

  /** The strands of a graph's plan, where these can be dealt out to the cores. */
  private static int strands(Graph graph, OpenClOptions options, int cores) {
    try (OpenClBackend backend = TestDevice.open(options)) {
      Plan plan = new Planner(OpenClKernels.table()).plan(graph, backend.profile());
      return Segment.of(plan, new KernelSource(null), true).stream()
          .mapToInt(segment -> ChainStrands.of(segment.steps(), cores).count())
          .max()
          .orElse(0);
    }
  }

  private static float[] run(Graph graph, OpenClOptions options, Tensor x) {
    try (OpenClBackend backend = TestDevice.open(options)) {
      Plan plan = new Planner(OpenClKernels.table()).plan(graph, backend.profile());
      List<Segment> segments = Segment.of(plan, new KernelSource(null), options.chain());
      assertThat(segments.stream().anyMatch(s -> s.chain() != null)).isEqualTo(options.chain());
      try (Executable executable = backend.load(plan)) {
        Tensor y = Tensor.zeros(plan.outputs().get(0).place().shape());
        executable.run(List.of(x), List.of(y));
        float[] first = y.toFloatArray();
        executable.run(List.of(x), List.of(y));
        assertThat(y.toFloatArray()).as("the second run").isEqualTo(first);
        return first;
      }
    }
  }

  private static Tensor random(Shape shape, long seed) {
    Tensor tensor = Tensor.zeros(shape);
    Random random = new Random(seed);
    for (int i = 0; i < shape.size(); i++) {
      tensor.floats().put(i, (float) random.nextGaussian());
    }
    return tensor;
  }

  /** Each step narrows what the one before left in the other half of the arena. */
  private static Plan narrowing(DeviceProfile device, int steps) {
    long bytes = WIDE.size() * 4;
    List<Place> halves = List.of(alone(0, WIDE), alone(bytes, WIDE));
    List<Step> clamps = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      float bound = 2f - 1.5f * i / steps;
      Step.Operand from = new Step.Operand.At(halves.get(i % 2));
      clamps.add(clamp("clamp" + i, from, halves.get((i + 1) % 2), -bound, bound));
    }
    return HandMadePlans.plan(
        device,
        List.of(halves.get(0)),
        List.of(halves.get(steps % 2)),
        clamps,
        2 * bytes,
        List.of());
  }

  @Test
  void threadsShareAChainOnSeveralLanes() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (OpenClBackend backend = TestDevice.open(options(0).withLanes(3).withChain(true));
        Executable executable = backend.load(narrowing(backend.profile(), 40))) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Tensor x = random(WIDE, i);
        Callable<Boolean> run = () -> runsRight(executable, x);
        answers.add(pool.submit(run));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean runsRight(Executable executable, Tensor x) {
    Tensor y = Tensor.zeros(WIDE);
    executable.run(List.of(x), List.of(y));
    float bound = 2f - 1.5f * 39 / 40;
    boolean right = true;
    for (int i = 0; i < WIDE.size(); i++) {
      float expected = Math.max(-bound, Math.min(bound, x.floats().get(i)));
      right &= y.floats().get(i) == expected;
    }
    return right;
  }

  @Test
  void valuesThatLieWithinLargerOnesCrossPastTheQueue() {
    Shape shape = Shape.of(3, 2);
    Place x = plain(16, 7, shape);
    Place y = plain(1028, 5, shape);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Place from = i == 0 ? x : alone(512L * i + 2048, shape);
      Place to = i == 8 ? y : alone(512L * (i + 1) + 2048, shape);
      steps.add(clamp("clamp" + i, new Step.Operand.At(from), to, -9 + i, 9 - i));
    }
    try (OpenClBackend backend = TestDevice.open(options(0))) {
      Plan plan =
          HandMadePlans.plan(backend.profile(), List.of(x), List.of(y), steps, 1 << 14, List.of());
      try (Executable executable = backend.load(plan)) {
        Tensor out = Tensor.zeros(shape);
        executable.run(List.of(Tensor.of(shape, -5, 0.5f, 3, Float.NaN, 1, 0)), List.of(out));
        assertThat(out.toFloatArray()).containsExactly(-1, 0.5f, 1, Float.NaN, 1, 0);
      }
    }
  }

  @Test
  void aFewLaunchesAreNotWorthAProgram() {
    try (OpenClBackend backend = TestDevice.open(options(0))) {
      KernelSource sources = new KernelSource(null);
      assertThat(Segment.of(narrowing(backend.profile(), 7), sources, true))
          .allMatch(segment -> segment.chain() == null);
      assertThat(Segment.of(narrowing(backend.profile(), 8), sources, true))
          .singleElement()
          .matches(segment -> segment.chain() != null);
    }
  }

  @Test
  void aKernelThatIsStruckOffAsAChainIsLeftOut() {
    try (OpenClBackend backend = TestDevice.open(options(0))) {
      DeviceProfile without = backend.profile().without("chain", "it failed");
      assertThat(Segment.of(narrowing(without, 20), new KernelSource(null), true))
          .allMatch(segment -> segment.chain() == null);
    }
  }
}
