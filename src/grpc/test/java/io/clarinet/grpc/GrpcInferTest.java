package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.InferParameter;
import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.clarinet.grpc.proto.ModelInferResponse;
import io.clarinet.grpc.proto.ModelStreamInferResponse;
import io.clarinet.image.Picture;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client of grpc-java gets what HTTP's clients get. */
@Timeout(60)
class GrpcInferTest extends GrpcFixture {
  @Test
  void tensorsInTheirOwnTypesAreAnsweredInThem() {
    ModelInferResponse response =
        client.modelInfer(
            floats("42", 1, 2, 3, 4)
                .putParameters("mine", InferParameter.newBuilder().setBoolParam(true).build())
                .build());
    assertThat(response.getId()).isEqualTo("42");
    assertThat(response.getModelVersion()).isEqualTo("1");
    assertThat(response.getParametersMap()).containsKey("mine");
    assertThat(response.getOutputs(0).getShapeList()).containsExactly(2L, 2L);
    assertThat(response.getOutputs(0).getContents().getFp32ContentsList())
        .containsExactly(2f, 4f, 6f, 8f);
    assertThat(response.getRawOutputContentsCount()).isZero();
  }

  @Test
  void tensorsInBytesAreAnsweredInBytes() {
    ModelInferRequest request =
        ModelInferRequest.newBuilder()
            .setModelName("double")
            .addInputs(input("FP32", 1, 2))
            .addOutputs(InferRequestedOutputTensor.newBuilder().setName("y"))
            .addRawInputContents(bytes(0.5f, -1))
            .build();
    ModelInferResponse response = client.modelInfer(request);
    assertThat(response.getRawOutputContents(0)).isEqualTo(bytes(1, -2));
    assertThat(response.getOutputs(0).hasContents()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(io.clarinet.server.model.DataType.class)
  void everyTypeComesAndGoes(io.clarinet.server.model.DataType type) {
    Random random = Fresh.random();
    byte[] elements = new byte[6 * type.type().bytes()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          (byte) (type.type() == ElementType.BOOL ? random.nextInt(2) : random.nextInt(60));
    }
    ModelInferRequest raw =
        ModelInferRequest.newBuilder()
            .setModelName("same-" + type)
            .addInputs(input(type.name(), 2, 3))
            .addRawInputContents(ByteString.copyFrom(elements))
            .build();
    ModelInferResponse response = client.modelInfer(raw);
    assertThat(response.getOutputs(0).getDatatype()).isEqualTo(type.name());
    assertThat(response.getRawOutputContents(0).toByteArray()).isEqualTo(elements);
    if (Contents.has(type)) {
      Tensor tensor =
          Tensor.wrap(
              type.type(),
              io.clarinet.tensor.Shape.of(2, 3),
              ByteBuffer.wrap(elements).order(ByteOrder.nativeOrder()));
      ModelInferRequest typed =
          ModelInferRequest.newBuilder()
              .setModelName("same-" + type)
              .addInputs(input(type.name(), 2, 3).setContents(Contents.of(type, tensor)))
              .build();
      assertThat(client.modelInfer(typed).getOutputs(0).getContents())
          .isEqualTo(Contents.of(type, tensor));
    }
  }

  @Test
  void classesAreNamedAsTheLibraryNamesThem() throws IOException {
    Model model = Model.bundled();
    Picture picture = Bundled.samples().values().iterator().next();
    try (Session session = model.open(Device.cpu())) {
      Classifier classifier = Classifier.of(model, session);
      Tensor input = classifier.input(List.of(picture));
      ModelInferRequest request =
          ModelInferRequest.newBuilder()
              .setModelName("characters")
              .addInputs(input("FP32", 1, 3, 32, 32).setName("input"))
              .addRawInputContents(ByteString.copyFrom(input.bytes()))
              .addOutputs(
                  InferRequestedOutputTensor.newBuilder()
                      .setName("fc")
                      .putParameters(
                          "classification", InferParameter.newBuilder().setInt64Param(2).build()))
              .build();
      ModelInferResponse response = client.modelInfer(request);
      assertThat(response.getOutputs(0).getDatatype()).isEqualTo("BYTES");
      assertThat(response.getOutputs(0).getShapeList()).containsExactly(1L, 2L);
      assertThat(response.getRawOutputContents(0).toStringUtf8())
          .contains(":" + classifier.classify(picture, 1).get(0).label());
    }
  }

  @Test
  void aStreamIsAnsweredInItsOrderAndGoesOnAfterAFailure() throws Exception {
    List<ModelStreamInferResponse> answers = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Void> ended = new CompletableFuture<>();
    StreamObserver<ModelInferRequest> requests =
        GRPCInferenceServiceGrpc.newStub(channel).modelStreamInfer(into(answers, ended));
    for (int i = 0; i < 50; i++) {
      requests.onNext(
          i == 20
              ? floats("20", 1, 2).setModelName("nobody").build()
              : floats("" + i, i, i).build());
    }
    requests.onCompleted();
    ended.get(30, TimeUnit.SECONDS);
    assertThat(answers).hasSize(50);
    for (int i = 0; i < 50; i++) {
      ModelStreamInferResponse answer = answers.get(i);
      assertThat(answer.getInferResponse().getId()).isEqualTo("" + i);
      assertThat(answer.getErrorMessage().isEmpty()).isEqualTo(i != 20);
      if (i != 20) {
        assertThat(answer.getInferResponse().getOutputs(0).getContents().getFp32Contents(0))
            .isEqualTo(2f * i);
      }
    }
  }
}
