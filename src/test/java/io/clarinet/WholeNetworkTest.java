package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.clarinet.backend.CacheFolder;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks with seeded weights against ONNX Runtime on the same file. */
@RequiresOpenCl
class WholeNetworkTest {
  private static final int CLASSES = 1000;

  @ParameterizedTest
  @CsvSource({"resnet50, opencl", "vgg16, opencl", "resnet50-v1, opencl", "resnet50, cpu"})
  void agreesWithOnnxRuntime(String name, String device, @TempDir Path folder)
      throws IOException, OrtException {
    Path file = folder.resolve(name + ".onnx");
    Model.zoo(name).writeOnnx(file);
    try (OrtSession peer = OrtEnvironment.getEnvironment().createSession(file.toString());
        Session session = Model.load(file).open(Device.find(device))) {
      for (int batch : new int[] {1, 3, 8}) {
        Tensor input = random(batch, 3, 224, 224);
        float[] expected = PeerAnswer.of(peer, input);
        float[] actual = session.run(input).toFloatArray();
        assertThat(TestTensors.relativeError(actual, expected))
            .as("batch " + batch)
            .isLessThan(1e-4);
        for (int n = 0; n < batch; n++) {
          assertThat(argMax(actual, n)).isEqualTo(argMax(expected, n));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet50, opencl",
    "resnet50, cpu",
    "preact_resnet1001, opencl",
    "preact_resnet200:64x64, cpu"
  })
  void seededLogitsAreFiniteAndSpread(String name, String device) {
    Model model = Model.zoo(name);
    try (Session session = model.open(Device.find(device))) {
      Tensor input = random(model.inputs().get(0).shape(2).dims());
      float[] logits = session.run(input).toFloatArray();
      double mean = mean(logits);
      double variance = 0;
      for (float logit : logits) {
        assertThat(logit).isFinite();
        variance += (logit - mean) * (logit - mean) / logits.length;
      }
      assertThat(Math.sqrt(variance)).isBetween(0.05, 50.0);
    }
  }

  @ParameterizedTest
  @CsvSource({"opencl", "cpu"})
  void aRunRepeatsBitForBit(String device) {
    try (Session session = Model.zoo("resnet18").open(Device.find(device))) {
      Tensor input = random(1, 3, 224, 224);
      float[] first = session.run(input).toFloatArray();
      for (int i = 0; i < 10; i++) {
        assertThat(session.run(input).toFloatArray()).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"opencl", "cpu"})
  void aRunAllocatesLittleBesidesItsResults(String device) throws Exception {
    assertThat(allocated(device, CacheFolder.standard())).isLessThan(10_000);
  }

  /** What is measured then leaves no trace in the code that the compiler makes. */
  @Test
  void norDoesItWhereNothingIsKeptFromEarlierStarts(@TempDir Path empty) throws Exception {
    assertThat(allocated("cpu", empty)).isLessThan(10_000);
  }

  private static long allocated(String device, Path cache) throws Exception {
    return Long.parseLong(AllocationProgram.inFreshJvm(device, cache));
  }

  private static Tensor random(int... dims) {
    Random random = new Random(Arrays.hashCode(dims));
    Tensor tensor = Tensor.zeros(Shape.of(dims));
    FloatBuffer values = tensor.floats();
    for (int i = 0; i < values.limit(); i++) {
      values.put(i, random.nextFloat() * 2 - 1);
    }
    return tensor;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static int argMax(float[] values, int row) {
    int best = row * CLASSES;
    for (int i = row * CLASSES; i < (row + 1) * CLASSES; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best - row * CLASSES;
  }
}
