package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.ThreadMXBean;
import io.clarinet.classify.Head;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.importer.onnx.HalfModel;
import io.clarinet.importer.safetensors.SafetensorsFile;
import io.clarinet.importer.safetensors.SafetensorsWriter;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of half precision: their answers on each device, and the memory that they take. */
@RequiresOpenCl
class HalfPrecisionTest {
  private static final Path FLOAT16 = Path.of("src/test/resources/faults/float16");
  private static final Path COFFEE = Path.of("src/docs/images/coffee.jpg");
  private static final long MEGABYTE = 1 << 20;

  @TempDir Path folder;

  /** Input, weights and output are halves, which the input is given and the answer comes as. */
  @ParameterizedTest
  @ValueSource(strings = {"opencl", "cpu"})
  void aSmallNetwork(String device) throws IOException {
    Model model = Model.load(FLOAT16.resolve("model.onnx"));
    Tensor x = Npy.read(FLOAT16.resolve("in_x.npy"));
    assertThat(x.type()).isEqualTo(ElementType.FLOAT16);
    try (Session session = model.open(Device.find(device))) {
      Tensor y = session.run(List.of(x)).get(0);
      assertThat(y.type()).isEqualTo(ElementType.FLOAT16);
      Tensor right = Npy.read(FLOAT16.resolve("ref_0.npy"));
      assertThat(TestTensors.relativeError(y.as(right.type()), right)).isLessThan(5e-3);
    }
  }

  /** A network of 1.4 million weights, 2.8 MB as halves and twice that in memory if widened. */
  private Path squeezeNet() throws IOException {
    Path whole = folder.resolve("float32.onnx");
    Model.zoo("squeezenet1.1:64x64:1000").writeOnnx(whole);
    return HalfModel.write(whole, folder.resolve("float16.onnx"));
  }

  @Test
  void loadingLeavesHalvesInTheFile() throws Exception {
    Path half = squeezeNet();
    assertThat(Files.size(half)).isGreaterThan(2 * MEGABYTE);
    assertThat(taken(() -> Model.load(half))).isLessThan(MEGABYTE);
  }

  @Test
  void writingKeepsHalves() throws IOException, OrtException {
    Path half = squeezeNet();
    Path again = folder.resolve("again.onnx");
    Model.load(half).writeOnnx(again);
    assertThat(Files.size(again)).isLessThan(Files.size(half) + MEGABYTE / 4);
    Tensor x = TestTensors.random(Fresh.random(), 1, 3, 64, 64).as(ElementType.FLOAT16);
    try (Session first = Model.load(half).open(Device.cpu());
        Session second = Model.load(again).open(Device.cpu())) {
      Tensor right = first.run(List.of(x)).get(0);
      assertThat(second.run(List.of(x)).get(0).bytes()).isEqualTo(right.bytes());
      assertThat(TestTensors.relativeError(byOnnxRuntime(again, x), right)).isLessThan(1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void openingSafetensorsLeavesHalvesInTheFile(ElementType type) throws Exception {
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.write(file, Map.of("w", Tensor.zeros(type, Shape.of(1 << 20))), Map.of());
    assertThat(taken(() -> SafetensorsFile.open(file).tensors())).isLessThan(MEGABYTE);
  }

  /** Bytes of the heap that the second of two calls allocates, and that it keeps beside it. */
  private static long taken(Callable<?> load) throws Exception {
    load.call();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long direct = direct();
    long before = threads.getCurrentThreadAllocatedBytes();
    load.call();
    return threads.getCurrentThreadAllocatedBytes() - before + Math.max(0, direct() - direct);
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /** Within the rounding of its answer, which is ONNX Runtime's too. */
  @Test
  void aWholeNetworkAgreesWithOnnxRuntime() throws IOException, OrtException {
    Path half = squeezeNet();
    Tensor x = TestTensors.random(Fresh.random(), 1, 3, 64, 64).as(ElementType.FLOAT16);
    try (Session session = Model.load(half).open(Device.cpu())) {
      Tensor y = session.run(List.of(x)).get(0);
      assertThat(y.type()).isEqualTo(ElementType.FLOAT16);
      assertThat(TestTensors.relativeError(y, byOnnxRuntime(half, x))).isLessThan(1e-3);
    }
  }

  /** A classifier reads pictures into halves, and probabilities of halves. */
  @Test
  void aClassifierIsNoOther() throws IOException {
    Path half = squeezeNet();
    List<Map<Integer, Float>> answers = new ArrayList<>();
    for (Path file : List.of(folder.resolve("float32.onnx"), half)) {
      Model model = Model.load(file);
      try (Session session = model.open(Device.cpu())) {
        Classifier classifier = Classifier.of(model, session, Preprocess.TORCH);
        assertThat(classifier.head().meaning()).isEqualTo(Head.Meaning.LOGITS);
        Map<Integer, Float> answer = new HashMap<>();
        for (Prediction p : classifier.classify(Picture.read(COFFEE), 1000)) {
          answer.put(p.index(), p.probability());
        }
        answers.add(answer);
      }
    }
    answers
        .get(0)
        .forEach(
            (index, probability) ->
                assertThat(answers.get(1).get(index))
                    .isCloseTo(probability, Percentage.withPercentage(1)));
  }

  private static Tensor byOnnxRuntime(Path model, Tensor x) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, x.bytes(), new long[] {1, 3, 64, 64}, OnnxJavaType.FLOAT16);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      return Tensor.wrap(
          ElementType.FLOAT16,
          Shape.of(output.getInfo().getShape()),
          output.getByteBuffer().order(ByteOrder.nativeOrder()));
    }
  }
}
