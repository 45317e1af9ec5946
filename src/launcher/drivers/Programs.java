import io.clarinet.Model;
import io.clarinet.engine.DevicePlanner;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Work;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.pass.Passes;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints the programs that plans for the shipped profiles hold, of the networks of the bench: lines
 * of the groups that prices take to be under way on a unit at most, a target of gpu-compile, a
 * kernel, and its defines as NAME=VALUE, tabs between.
 */
class Programs {
  private static final List<String> NETWORKS =
      List.of("resnet50", "vgg16", "alexnet", "googlenet", "squeezenet1.1", "preact_resnet20");

  /**
   * What compiles for each profile, the older of two that run the same code; SPIR-V for those whose
   * own compilers are nowhere to be had.
   */
  private static final Map<String, String> TARGETS =
      Map.ofEntries(
          Map.entry("h100", "sm_90"),
          Map.entry("a100", "sm_80"),
          Map.entry("rtx3090", "sm_86"),
          Map.entry("rtx4060", "sm_86"),
          Map.entry("rx7900xtx", "gfx1100"),
          Map.entry("mi250x", "gfx90a"),
          Map.entry("iris-xe", "tgllp"),
          Map.entry("uhd630", "tgllp"));

  private static final List<Integer> BATCHES = List.of(1, 8, 64);

  public static void main(String[] arguments) {
    TreeMap<String, Long> residents = new TreeMap<>();
    for (String network : NETWORKS) {
      Graph open = Model.zoo(network).graph();
      for (int batch : BATCHES) {
        Graph graph = Passes.standard().apply(open.specialised(shapes(open, batch)));
        for (String profile : ShippedProfiles.names()) {
          String target = TARGETS.getOrDefault(profile, "spirv");
          launches(graph, ShippedProfiles.find(profile).orElseThrow())
              .forEach(
                  launch ->
                      residents.merge(target + "\t" + text(launch), launch.resident(), Math::max));
        }
      }
    }
    residents.forEach((program, resident) -> System.out.println(resident + "\t" + program));
  }

  private static Map<String, Shape> shapes(Graph graph, int batch) {
    return graph.inputs().stream()
        .collect(
            Collectors.toMap(
                input -> input.name(),
                input -> {
                  int[] dims = input.shape(224).dims();
                  dims[0] = batch;
                  return Shape.of(dims);
                }));
  }

  private static Stream<Launch> launches(Graph graph, DeviceProfile device) {
    DevicePlanner planner = DevicePlanner.of(device);
    return planner.plan(planner.split(graph)).steps().stream().flatMap(Programs::launches);
  }

  private static Stream<Launch> launches(Step step) {
    return step.action() instanceof Step.Action.Device action
            && action.work() instanceof Work.Launches work
        ? work.launches().stream()
        : Stream.of();
  }

  private static String text(Launch launch) {
    return new TreeMap<>(launch.defines())
        .entrySet().stream()
            .map(define -> "\t" + define.getKey() + "=" + define.getValue())
            .collect(Collectors.joining("", launch.kernel(), ""));
  }
}
