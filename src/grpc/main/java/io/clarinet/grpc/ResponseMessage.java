package io.clarinet.grpc;

import com.google.protobuf.ByteString;
import io.clarinet.graph.Input;
import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferResponse;
import io.clarinet.grpc.proto.ModelInferResponse.InferOutputTensor;
import io.clarinet.server.model.DataType;
import io.clarinet.server.model.Served;
import io.clarinet.server.v2.Classes;
import io.clarinet.server.v2.InferRequest;
import io.clarinet.server.v2.InferRequest.OutputHead;
import io.clarinet.server.v2.ModelRoutes;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * The answer to an inference request: in bytes where the request came so, else in the message's own
 * types if there is one for every output.
 */
final class ResponseMessage {
  private final ModelInferRequest request;
  private final InferRequest head;
  private final Served served;

  ResponseMessage(ModelInferRequest request, InferRequest head, Served served) {
    this.request = request;
    this.head = head;
    this.served = served;
  }

  ModelInferResponse of(List<Tensor> results) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(served.name())
            .setModelVersion(ModelRoutes.VERSION)
            .setId(request.getId())
            .putAllParameters(request.getParametersMap());
    List<String> names = served.signature().outputs().stream().map(Input::name).toList();
    boolean raw =
        RequestMessage.isRaw(request)
            || results.stream().anyMatch(result -> !Contents.has(type(result)));
    for (OutputHead output : head.outputsOf(served)) {
      add(response, output, results.get(names.indexOf(output.name())), raw);
    }
    return response.build();
  }

  private static DataType type(Tensor result) {
    return DataType.of(result.type()).orElseThrow();
  }

  private void add(
      ModelInferResponse.Builder response, OutputHead output, Tensor result, boolean raw) {
    InferOutputTensor.Builder told = InferOutputTensor.newBuilder().setName(output.name());
    if (output.classes() > 0) {
      Classes classes = Classes.of(served, result, output.classes());
      told.setDatatype("BYTES").addShape(classes.items()).addShape(classes.top());
      if (raw) {
        response.addRawOutputContents(ByteString.copyFrom(classes.bytes()));
      } else {
        told.setContents(Contents.of(classes.texts()));
      }
    } else {
      told.setDatatype(type(result).name());
      for (int dim : result.shape().dims()) {
        told.addShape(dim);
      }
      if (raw) {
        response.addRawOutputContents(ByteString.copyFrom(result.bytes()));
      } else {
        told.setContents(Contents.of(type(result), result));
      }
    }
    response.addOutputs(told);
  }
}
