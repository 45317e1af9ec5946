package io.clarinet.engine;

import io.clarinet.Model;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Work;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.pass.Passes;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Plans of the bench's networks on GPUs that are known; nothing is built or run. */
final class GpuPlans {
  static final int LARGER_BATCH = 8;

  private static final Map<String, Graph> GRAPHS = new ConcurrentHashMap<>();
  private static final Map<String, Plan> PLANS = new ConcurrentHashMap<>();

  private GpuPlans() {}

  /** The networks that the bench's page times. */
  static Stream<String> networks() {
    return Stream.of("resnet50", "vgg16", "vgg19", "googlenet", "alexnet", "squeezenet1.1");
  }

  /** Those of the bench's table of modern networks, and another transformer. */
  static Stream<String> modernNetworks() {
    return Stream.of(
        "mobilenet_v2",
        "mobilenet_v3_large",
        "mobilenet_v3_small",
        "efficientnet_b0",
        "densenet121",
        "resnext50_32x4d",
        "regnet_y_800mf",
        "convnext_tiny",
        "inception_v3",
        "shufflenet_v2_x1_0",
        "vit_b_16",
        "swin_t");
  }

  static DeviceProfile profile(String name) {
    return ShippedProfiles.find(name).orElseThrow();
  }

  /** The plan for a known GPU, made once for all tests. */
  static Plan plan(String network, int batch, String profile) {
    return PLANS.computeIfAbsent(
        network + batch + profile, key -> plan(graph(network, batch), profile(profile)));
  }

  static Plan plan(Graph graph, DeviceProfile device) {
    DevicePlanner planner = DevicePlanner.of(device);
    return planner.plan(planner.split(graph));
  }

  static Graph graph(String network, int batch) {
    return GRAPHS.computeIfAbsent(network + batch, key -> lean(network, batch));
  }

  private static Graph lean(String network, int batch) {
    Graph graph = Model.zoo(network).graph();
    Map<String, Shape> shapes = new HashMap<>();
    for (Input input : graph.inputs()) {
      int[] dims = input.shape(224).dims();
      dims[0] = batch;
      shapes.put(input.name(), Shape.of(dims));
    }
    return Passes.standard().apply(graph.specialised(shapes));
  }

  static List<Launch> launches(Step step) {
    return step.action() instanceof Step.Action.Device action
            && action.work() instanceof Work.Launches work
        ? work.launches()
        : List.of();
  }

  static long bytes(Place place) {
    return place.layout().elements(place.shape()) * place.type().bytes();
  }

  /** Bytes of a step's inputs and outputs, without its constants. */
  static long values(Step step) {
    long bytes = step.outputs().stream().mapToLong(GpuPlans::bytes).sum();
    for (Step.Operand input : step.inputs()) {
      bytes += input instanceof Step.Operand.At at ? bytes(at.place()) : 0;
    }
    return bytes;
  }

  static void each(Plan plan, String title, BiConsumer<Step, DeviceProfile> check) {
    for (Step step : plan.steps()) {
      try {
        check.accept(step, plan.device());
      } catch (AssertionError e) {
        throw new AssertionError(title + ": " + step.node() + " by " + step.kernel(), e);
      }
    }
  }
}
