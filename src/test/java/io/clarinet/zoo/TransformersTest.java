package io.clarinet.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.PeerAnswer;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.TestTensors;
import io.clarinet.report.Explanation;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vision transformers of few blocks against ONNX Runtime on their exported file. */
@RequiresOpenCl
class TransformersTest {
  private final Random random = Fresh.random();

  /** A network that is as the zoo's but for its size. */
  private static Model small(String kind) {
    SeededWeights weights = new SeededWeights(7);
    List<Integer> picture = List.of(3, 37, 52);
    return Model.of(
        switch (kind) {
          case "vit" -> new VisionTransformer("vit", 8, 48, 3, 2, false).graph(weights, picture, 5);
          case "deit" ->
              new VisionTransformer("deit", 9, 32, 2, 1, true).graph(weights, picture, 5);
          default -> new Swin("swin", 24, 2, List.of(2, 1)).graph(weights, picture, 5);
        });
  }

  @ParameterizedTest
  @CsvSource({"vit, opencl", "vit, cpu", "deit, cpu", "swin, opencl", "swin, cpu"})
  void agreeWithOnnxRuntimeWithoutAStepOnTheHost(String kind, String device, @TempDir Path folder)
      throws IOException, OrtException {
    Path file = folder.resolve("network.onnx");
    small(kind).writeOnnx(file);
    try (OrtSession peer = OrtEnvironment.getEnvironment().createSession(file.toString());
        Session session = Model.load(file).open(Device.find(device))) {
      for (int batch : new int[] {1, 2}) {
        Tensor input = TestTensors.random(random, batch, 3, 37, 52);
        assertThat(
                TestTensors.relativeError(
                    session.run(input).toFloatArray(), PeerAnswer.of(peer, input)))
            .as("batch " + batch)
            .isLessThan(1e-4);
        assertThat(onTheHost(session.explain(List.of(input.shape())))).isEmpty();
      }
    }
  }

  private static List<String> onTheHost(Explanation plan) {
    return plan.steps().stream()
        .filter(step -> step.where().equals("host"))
        .map(Explanation.StepInfo::node)
        .toList();
  }
}
