package io.clarinet.random;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.clarinet.Model;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.op.Dequantize;
import io.clarinet.op.Quantize;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime, from the file that the graph is written as. */
final class OnnxRuntimeCheck implements Check {
  /** Forms of operators that ONNX Runtime lacks, by words of its messages. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "Dilation not supported for AutoPadType", "no dilated window with automatic padding",
          "X_shape.NumDimensions() == 4", "no LRN but of images",
          "size_ % 2 == 1", "no LRN of an even size",
          "Unsupported pooling size", "no pooling of so many axes",
          "ScalesValidation", "no resizing of these axes",
          "number of dimensions is less than 3", "no instance normalisation of a matrix");

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public Map<String, Tensor> run(Problem problem) throws Exception {
    byte[] model = written(problem.graph());
    if (problem.chance().one(2) || endsTheProcess(problem.graph())) {
      return run(model, problem, OptLevel.NO_OPT);
    }
    try {
      Map<String, Tensor> found = run(model, problem, OptLevel.ALL_OPT);
      if (Verdict.wrong(found, problem.expected()).isEmpty()) {
        return found;
      }
    } catch (OrtException e) {
      // as an answer that is wrong
    }
    Map<String, Tensor> found = run(model, problem, OptLevel.NO_OPT);
    if (Verdict.wrong(found, problem.expected()).isEmpty()) {
      throw new Unsuitable("its optimisations contradict it");
    }
    return found;
  }

  /** The optimiser of 1.29 aborts over quantised values of a transposition that names no axes. */
  private static boolean endsTheProcess(Graph graph) {
    return graph.nodes().stream()
            .anyMatch(n -> n.op() instanceof Transpose t && t.permutation().isEmpty())
        && graph.nodes().stream()
            .anyMatch(n -> n.op() instanceof Quantize || n.op() instanceof Dequantize);
  }

  private Map<String, Tensor> run(byte[] model, Problem problem, OptLevel level) throws Exception {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = options(level);
        OrtSession session = environment.createSession(model, options)) {
      for (String name : session.getInputNames()) {
        inputs.put(name, tensor(problem.inputs().get(name)));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return tensors(result);
      }
    } catch (OrtException e) {
      throw refusal(e).map(Exception.class::cast).orElse(e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static Optional<Unsuitable> refusal(OrtException e) {
    String message = String.valueOf(e.getMessage());
    return e.getCode() == OrtErrorCode.ORT_NOT_IMPLEMENTED
        ? Optional.of(
            new Unsuitable(
                message.replaceAll("(?s).*for the node|(?s).*mplementation for (\\w+).*", "no $1")))
        : LIMITS.entrySet().stream()
            .filter(limit -> message.contains(limit.getKey()))
            .map(limit -> new Unsuitable(limit.getValue()))
            .findFirst();
  }

  /** The file; refusals of what ONNX cannot say are no failures. */
  private static byte[] written(Graph graph) throws IOException, Unsuitable {
    Path file = Files.createTempFile("random", ".onnx");
    try {
      Model.of(graph).writeOnnx(file);
      return Files.readAllBytes(file);
    } catch (GraphException e) {
      if (e.getMessage().contains("cannot be written as ONNX")) {
        throw new Unsuitable(e.getMessage().replaceAll("node \"[^\"]*\" ", ""));
      }
      throw e;
    } finally {
      Files.delete(file);
    }
  }

  private static OrtSession.SessionOptions options(OptLevel level) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    options.setOptimizationLevel(level);
    return options;
  }

  private OnnxTensor tensor(Tensor tensor) throws OrtException {
    long[] dims = Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
    OnnxJavaType type =
        switch (tensor.type()) {
          case FLOAT32 -> OnnxJavaType.FLOAT;
          case INT64 -> OnnxJavaType.INT64;
          case BOOL -> OnnxJavaType.BOOL;
          default -> throw new IllegalArgumentException(tensor.toString());
        };
    return OnnxTensor.createTensor(environment, tensor.bytes(), dims, type);
  }

  private static Map<String, Tensor> tensors(OrtSession.Result result) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    result.forEach(output -> tensors.put(output.getKey(), tensor((OnnxTensor) output.getValue())));
    return tensors;
  }

  private static Tensor tensor(OnnxTensor found) {
    ElementType type =
        switch (found.getInfo().type) {
          case FLOAT -> ElementType.FLOAT32;
          case DOUBLE -> ElementType.FLOAT64;
          case INT8 -> ElementType.INT8;
          case UINT8 -> ElementType.UINT8;
          case INT32 -> ElementType.INT32;
          case INT64 -> ElementType.INT64;
          case BOOL -> ElementType.BOOL;
          default -> throw new IllegalArgumentException(found.toString());
        };
    ByteBuffer bytes = found.getByteBuffer().order(ByteOrder.nativeOrder());
    return Tensor.wrap(type, Shape.of(found.getInfo().getShape()), bytes);
  }
}
