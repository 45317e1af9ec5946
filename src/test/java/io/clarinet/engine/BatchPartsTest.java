package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Concat;
import io.clarinet.pass.Passes;
import io.clarinet.pass.SelectOutputs;
import io.clarinet.plan.Planner;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPartsTest {
  private static final long CACHE = 32 << 20;

  private static DeviceProfile device(DeviceProfile.Kind kind, long cacheBytes) {
    return new TestProfile()
        .kind(kind)
        .localBytes(1 << 15)
        .speed(4e11, 4e10)
        .cacheBytes(cacheBytes)
        .launchSeconds(0)
        .make();
  }

  private static Graph resnet(int batch) {
    Graph graph = Zoo.find("resnet50").orElseThrow().graph(new SeededWeights(1));
    Shape shape = graph.inputs().get(0).shape(batch);
    return Passes.standard().apply(graph.specialised(Map.of("input", shape)));
  }

  private static Graph split(Graph graph, DeviceProfile device) {
    return BatchParts.split(graph, device, new Planner(OpenClKernels.table()), plan -> false);
  }

  private static IntStream strands(Graph graph, DeviceProfile device, int least) {
    Graph split = BatchParts.split(graph, device, new Planner(OpenClKernels.table()), plan -> true);
    return split.nodes().stream().mapToInt(node -> node.strand().count()).filter(n -> n >= least);
  }

  private static List<String> named(Graph graph, String start) {
    return graph.nodes().stream().map(Node::name).filter(n -> n.startsWith(start)).toList();
  }

  @Test
  void largeValuesComeInPartsAndManyWeightsOnce() {
    Graph split = split(resnet(8), device(DeviceProfile.Kind.CPU, CACHE));
    assertThat(named(split, "layer1.0.conv1")).hasSizeGreaterThan(1);
    assertThat(named(split, "fc")).containsExactly("fc");
    assertThat(split.facts()).containsAllEntriesOf(outputFacts(resnet(8)));
  }

  private static Map<String, Fact> outputFacts(Graph graph) {
    Map<String, Fact> facts = graph.facts();
    facts.keySet().retainAll(graph.outputs());
    return facts;
  }

  @Test
  void outputsInTheMiddleLeaveFewerPlacesToGrowAndStayWhole() {
    Graph middle = SelectOutputs.apply(resnet(8), List.of("layer1.0.relu", "fc"));
    Graph split = split(middle, device(DeviceProfile.Kind.CPU, CACHE));
    assertThat(named(split, "layer1.0.conv1")).hasSizeGreaterThan(1);
    assertThat(split.facts()).containsAllEntriesOf(outputFacts(middle));
  }

  @Test
  void theBatchStaysWholeWhereCachesAreUnknownOrNoMatter() {
    Graph batch = resnet(8);
    assertThat(split(batch, device(DeviceProfile.Kind.CPU, 0))).isSameAs(batch);
    assertThat(split(batch, device(DeviceProfile.Kind.GPU, CACHE))).isSameAs(batch);
  }

  @Test
  void eachCoreTakesPicturesOfItsOwnWhereStrandsRunSideBySide() {
    DeviceProfile device = device(DeviceProfile.Kind.CPU, CACHE);
    assertThat(strands(resnet(8), device, 2)).isNotEmpty().containsOnly(2);
    assertThat(split(resnet(8), device).nodes()).allMatch(n -> n.strand().count() == 1);
    assertThat(strands(resnet(7), device, 2)).isEmpty();
    assertThat(strands(resnet(8), device.without("chain", "it does not build"), 2)).isEmpty();
    assertThat(strands(resnet(8), device(DeviceProfile.Kind.GPU, CACHE), 2)).isEmpty();
  }

  @Test
  void manyWeightsAreReadOnceForAllStrands() {
    Graph graph = Zoo.find("vgg16").orElseThrow().graph(new SeededWeights(1));
    Shape shape = graph.inputs().get(0).shape(8);
    Graph vgg = Passes.standard().apply(graph.specialised(Map.of("input", shape)));
    DeviceProfile device = device(DeviceProfile.Kind.CPU, CACHE);
    Graph split = BatchParts.split(vgg, device, new Planner(OpenClKernels.table()), plan -> true);
    assertThat(named(split, "classifier.0")).containsExactly("classifier.0");
  }

  @Test
  void onePictureIsNotSplit() {
    Graph one = resnet(1);
    assertThat(split(one, device(DeviceProfile.Kind.CPU, CACHE))).isSameAs(one);
  }

  @Test
  void anOddBatchIsLeftWhole() {
    Graph split = split(resnet(7), device(DeviceProfile.Kind.CPU, CACHE));
    assertThat(split.nodes()).noneMatch(node -> node.op() instanceof Concat);
  }
}
