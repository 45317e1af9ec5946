package io.clarinet.grpc;

import com.google.protobuf.ByteString;
import io.clarinet.grpc.proto.InferParameter;
import io.clarinet.grpc.proto.InferTensorContents;
import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferRequest.InferInputTensor;
import io.clarinet.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.DataType;
import io.clarinet.server.v2.InferRequest;
import io.clarinet.server.v2.InferRequest.InputHead;
import io.clarinet.server.v2.InferRequest.OutputHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An inference request as gRPC brings it: its head, and its elements one input after the other. */
final class RequestMessage {
  private static final int MOST_INPUTS = 1000;
  private static final int MOST_DIMS = 16;

  private final ModelInferRequest request;
  private final List<ByteString> elements;

  /**
   * @throws StatusException 400 if it has elements for no input, or not as its types say
   */
  RequestMessage(ModelInferRequest request) {
    this.request = request;
    if (request.getInputsCount() > MOST_INPUTS || request.getOutputsCount() > MOST_INPUTS) {
      throw new StatusException(400, "a request has at most " + MOST_INPUTS + " inputs or outputs");
    }
    this.elements = isRaw(request) ? raw(request) : typed(request);
  }

  /** Whether elements come as bytes. */
  static boolean isRaw(ModelInferRequest request) {
    return request.getRawInputContentsCount() > 0;
  }

  private static List<ByteString> raw(ModelInferRequest request) {
    if (request.getRawInputContentsCount() != request.getInputsCount()
        || request.getInputsList().stream().anyMatch(InferInputTensor::hasContents)) {
      throw new StatusException(
          400, "raw_input_contents has the elements of each input, and contents none then");
    }
    return request.getRawInputContentsList();
  }

  private static List<ByteString> typed(ModelInferRequest request) {
    List<ByteString> all = new ArrayList<>();
    for (InferInputTensor input : request.getInputsList()) {
      InferTensorContents contents = input.getContents();
      all.add(Contents.bytes(input.getName(), type(input), contents));
    }
    return all;
  }

  private static DataType type(InferInputTensor input) {
    return DataType.named(input.getDatatype())
        .orElseThrow(
            () ->
                new StatusException(
                    400,
                    "input %s: datatype %s is not supported"
                        .formatted(input.getName(), input.getDatatype())));
  }

  /** All but the elements. */
  InferRequest head() {
    List<InputHead> inputs = new ArrayList<>();
    for (InferInputTensor input : request.getInputsList()) {
      checkParameters("input " + input.getName(), input.getParametersMap());
      if (input.getShapeCount() > MOST_DIMS || input.getShapeList().stream().anyMatch(d -> d < 0)) {
        throw new StatusException(400, "a shape has at most 16 extents, none below zero");
      }
      inputs.add(
          new InputHead(
              input.getName(),
              type(input),
              input.getShapeList(),
              elements.get(inputs.size()).size()));
    }
    List<OutputHead> outputs = request.getOutputsList().stream().map(this::output).toList();
    return new InferRequest(request.getId(), parameters(), inputs, outputs);
  }

  /** Triton's {@code timeout}; the others mean nothing to us. */
  private Map<String, Object> parameters() {
    InferParameter timeout = request.getParametersMap().get("timeout");
    return timeout == null ? Map.of() : Map.of("timeout", timeout.getInt64Param());
  }

  private OutputHead output(InferRequestedOutputTensor output) {
    checkParameters("output " + output.getName(), output.getParametersMap());
    InferParameter classes = output.getParametersMap().get("classification");
    long number = classes == null ? 0 : Math.max(classes.getInt64Param(), classes.getUint64Param());
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new StatusException(400, "output " + output.getName() + ": so many classes are none");
    }
    return new OutputHead(output.getName(), true, (int) number);
  }

  private static void checkParameters(String what, Map<String, InferParameter> parameters) {
    if (parameters.containsKey("shared_memory_region")) {
      throw new StatusException(400, what + ": shared memory is not supported");
    }
  }

  /** The elements of all inputs. */
  byte[] elements() {
    long size = elements.stream().mapToLong(ByteString::size).sum();
    byte[] all = new byte[Math.toIntExact(size)];
    int at = 0;
    for (ByteString each : elements) {
      each.copyTo(all, at);
      at += each.size();
    }
    return all;
  }
}
