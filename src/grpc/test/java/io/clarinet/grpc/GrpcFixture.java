package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.clarinet.grpc.proto.InferTensorContents;
import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferRequest.InferInputTensor;
import io.clarinet.grpc.proto.ModelStreamInferResponse;
import io.clarinet.op.Binary;
import io.clarinet.op.Reshape;
import io.clarinet.server.Endpoint;
import io.clarinet.server.Server;
import io.clarinet.server.http.Answered;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.HttpOptions.HttpLimits;
import io.clarinet.server.http.Tls;
import io.clarinet.server.model.ModelSource;
import io.clarinet.server.model.Serving;
import io.clarinet.tensor.ElementType;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;

/** A server with an endpoint for gRPC, and a client of grpc-java. */
abstract class GrpcFixture {
  static final Serving SERVING =
      new Serving(List.of(Device.cpu()), 16, Duration.ZERO, 256, Duration.ofSeconds(30));

  static final int MOST = 1 << 20;

  static final HttpLimits LIMITS =
      new HttpLimits(
          MOST,
          4L * MOST,
          1000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75));

  static final List<Answered> ANSWERED = Collections.synchronizedList(new ArrayList<>());
  static Server server;
  static ManagedChannel channel;
  static GRPCInferenceServiceBlockingStub client;

  /** Once for all tests; it lasts as long as their process. */
  @BeforeAll
  static void start() throws IOException {
    if (server != null) {
      return;
    }
    server = Server.start(options(Guard.loopback(), null), SERVING, "test", ANSWERED::add);
    int port = server.add(endpoint(), options(Guard.loopback(), null));
    Map<String, ModelSource> models = new HashMap<>();
    models.put("double", GrpcFixture::twice);
    models.put("characters", Model::bundled);
    for (var type : io.clarinet.server.model.DataType.values()) {
      models.put("same-" + type, () -> same(type.type()));
    }
    server.load(models);
    channel = channel(port, InsecureChannelCredentials.create());
    client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
  }

  static HttpOptions options(Guard guard, Tls tls) {
    return new HttpOptions("127.0.0.1", 0, tls, guard, LIMITS);
  }

  /** As a server finds it. */
  static Endpoint endpoint() {
    return ServiceLoader.load(Endpoint.class).findFirst().orElseThrow();
  }

  static ManagedChannel channel(int port, ChannelCredentials credentials) {
    return Grpc.newChannelBuilder("localhost:" + port, credentials).build();
  }

  static Model twice() {
    GraphBuilder builder = new GraphBuilder("double");
    builder.input("x", Input.UNKNOWN, 2);
    builder.add("y", Binary.ADD, "x", "x");
    return Model.of(builder.output("y").build());
  }

  static Model same(ElementType type) {
    GraphBuilder builder = new GraphBuilder("same");
    builder.input(new Input("x", type, List.of(Input.UNKNOWN, 3)));
    builder.add("y", Reshape.IDENTITY, "x");
    return Model.of(builder.output("y").build());
  }

  static InferInputTensor.Builder input(String type, long... shape) {
    InferInputTensor.Builder input = InferInputTensor.newBuilder().setName("x").setDatatype(type);
    for (long dim : shape) {
      input.addShape(dim);
    }
    return input;
  }

  static ModelInferRequest.Builder floats(String id, float... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float value : values) {
      contents.addFp32Contents(value);
    }
    return ModelInferRequest.newBuilder()
        .setModelName("double")
        .setId(id)
        .addInputs(input("FP32", values.length / 2, 2).setContents(contents));
  }

  static ByteString bytes(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  static void refused(Status.Code code, String told, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(e.getStatus().getDescription())
                  .contains(told)
                  .doesNotContain("Exception", "java.", "clarinet.");
            });
  }

  static StreamObserver<ModelStreamInferResponse> into(
      List<ModelStreamInferResponse> answers, CompletableFuture<Void> ended) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ModelStreamInferResponse answer) {
        answers.add(answer);
      }

      @Override
      public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        ended.complete(null);
      }
    };
  }

  static ModelInferRequest raw(InferInputTensor.Builder input, ByteString elements) {
    return ModelInferRequest.newBuilder()
        .setModelName("double")
        .addInputs(input)
        .addRawInputContents(elements)
        .build();
  }
}
