package io.clarinet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.pass.Passes;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Weights;
import io.clarinet.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory of whole networks on a device, by their plans alone: no weight exists in memory. */
class MemoryBudgetTest {
  private static final double FRAGMENTS = 1.15;

  /** Weights that take no memory. */
  private record Splats() implements Weights {
    @Override
    public Constant get(String name, Shape shape, Init init) {
      return new Splat(ElementType.FLOAT32, shape, Math.max(init.mean(), 0.5));
    }

    @Override
    public boolean areTrained() {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"resnet50", "vgg16", "googlenet", "squeezenet1.1", "preact_resnet20", "alexnet"})
  void theArenaIsHardlyLargerThanTheValuesThatAreAliveTogether(String name) {
    for (int block : new int[] {4, 16}) {
      Plan plan = plan(graph(name), device(block, 450e9, 40e9));
      long alive = mostAlive(plan);
      assertThat((double) plan.arenaTotal()).isBetween((double) alive, FRAGMENTS * alive);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vgg16, 1.35",
    "vgg19, 1.45",
    "resnet50, 2.0",
    "resnet18, 2.4",
    "resnet152, 2.4",
    "googlenet, 2.4",
    "squeezenet1.1, 2.4",
    "alexnet, 2.4",
    "cifar_resnet20, 2.4",
    "preact_resnet20, 2.4"
  })
  void packedWeightsKeepWithinTheirMultipleOfTheFile(String name, double most) {
    Graph graph = graph(name);
    double file = graph.constants().values().stream().mapToLong(Constant::byteSize).sum();
    double[][] machines = {{450e9, 40e9}, {230e9, 28e9}, {100e9, 80e9}, {2e12, 50e9}};
    for (double[] machine : machines) {
      Plan plan = plan(graph, device(16, machine[0], machine[1]));
      assertThat(plan.packedTotal() / file).isLessThanOrEqualTo(most);
    }
  }

  private static Graph graph(String name) {
    Architecture architecture = Zoo.find(name).orElseThrow();
    Graph graph = architecture.graph(new Splats());
    return graph.specialised(Map.of(graph.inputs().get(0).name(), graph.inputs().get(0).shape(1)));
  }

  private static Plan plan(Graph graph, DeviceProfile device) {
    return new Planner(OpenClKernels.table()).plan(Passes.standard().apply(graph), device);
  }

  private static DeviceProfile device(int block, double peak, double bandwidth) {
    return new TestProfile().block(block).speed(peak, bandwidth).make();
  }

  /** Bytes from {@code from} to {@code to} of an arena, and the steps that need them. */
  private static final class Value {
    final int arena;
    final long from;
    final long to;
    final int first;
    int last;

    Value(Place place, int step) {
      arena = place.index();
      from = place.byteOffset();
      to = from + place.extentBytes();
      first = step;
      last = step;
    }

    boolean overlaps(Value other) {
      return arena == other.arena && from < other.to && other.from < to;
    }
  }

  /** The largest sum of the values that one step finds alive, parts of a concatenation by part. */
  private static long mostAlive(Plan plan) {
    List<Value> all = new ArrayList<>();
    List<Value> current = new ArrayList<>();
    plan.inputs().forEach(input -> write(new Value(input.place(), 0), current, all));
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      for (Step.Operand input : step.inputs()) {
        if (input instanceof Step.Operand.At at && at.place().space() == Place.Space.ARENA) {
          read(new Value(at.place(), i), current);
        }
      }
      for (Place output : step.outputs()) {
        write(new Value(output, i), current, all);
      }
      for (Place scratch : step.scratch()) {
        write(new Value(scratch, i), current, all);
      }
    }
    int steps = plan.steps().size();
    plan.outputs().forEach(output -> read(new Value(output.place(), steps), current));
    return IntStream.range(0, steps).mapToLong(step -> alive(step, all)).max().orElse(0);
  }

  /** Another value at the same address: the one before is dead. */
  private static void write(Value value, List<Value> current, List<Value> all) {
    current.removeIf(value::overlaps);
    current.add(value);
    all.add(value);
  }

  /** Reading touches all that was written there: a value, a view of one, or parts of one. */
  private static void read(Value value, List<Value> current) {
    current.stream().filter(value::overlaps).forEach(written -> written.last = value.last);
  }

  private static long alive(int step, List<Value> all) {
    return all.stream()
        .filter(value -> value.first <= step && step <= value.last)
        .mapToLong(value -> value.to - value.from)
        .sum();
  }
}
