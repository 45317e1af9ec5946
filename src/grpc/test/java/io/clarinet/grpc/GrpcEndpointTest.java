package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Fresh;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.grpc.proto.DataType;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.clarinet.grpc.proto.InferParameter;
import io.clarinet.grpc.proto.InferTensorContents;
import io.clarinet.grpc.proto.ModelConfig;
import io.clarinet.grpc.proto.ModelConfigRequest;
import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferRequest.InferInputTensor;
import io.clarinet.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.clarinet.grpc.proto.ModelInferResponse;
import io.clarinet.grpc.proto.ModelMetadataRequest;
import io.clarinet.grpc.proto.ModelMetadataResponse;
import io.clarinet.grpc.proto.ModelReadyRequest;
import io.clarinet.grpc.proto.ModelStatistics;
import io.clarinet.grpc.proto.ModelStatisticsRequest;
import io.clarinet.grpc.proto.ModelStreamInferResponse;
import io.clarinet.grpc.proto.RepositoryIndexRequest;
import io.clarinet.grpc.proto.RepositoryModelLoadRequest;
import io.clarinet.grpc.proto.RepositoryModelUnloadRequest;
import io.clarinet.grpc.proto.ServerLiveRequest;
import io.clarinet.grpc.proto.ServerMetadataRequest;
import io.clarinet.grpc.proto.ServerReadyRequest;
import io.clarinet.image.Picture;
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
import io.clarinet.tensor.Tensor;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client of grpc-java gets what HTTP's clients get, and refusals by their status. */
@Timeout(60)
class GrpcEndpointTest {
  private static final Serving SERVING =
      new Serving(List.of(Device.cpu()), 16, Duration.ZERO, 256, Duration.ofSeconds(30));
  private static final int MOST = 1 << 20;
  private static final HttpLimits LIMITS =
      new HttpLimits(
          MOST,
          4L * MOST,
          1000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75));

  private static final List<Answered> ANSWERED = Collections.synchronizedList(new ArrayList<>());
  private static Server server;
  private static ManagedChannel channel;
  private static GRPCInferenceServiceBlockingStub client;

  @BeforeAll
  static void start() throws IOException {
    server = Server.start(options(Guard.loopback(), null), SERVING, "test", ANSWERED::add);
    int port = server.add(endpoint(), options(Guard.loopback(), null));
    Map<String, ModelSource> models = new HashMap<>();
    models.put("double", GrpcEndpointTest::twice);
    models.put("characters", Model::bundled);
    for (var type : io.clarinet.server.model.DataType.values()) {
      models.put("same-" + type, () -> same(type.type()));
    }
    server.load(models);
    channel = channel(port, InsecureChannelCredentials.create());
    client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void end() {
    channel.shutdownNow();
    server.close();
  }

  private static HttpOptions options(Guard guard, Tls tls) {
    return new HttpOptions("127.0.0.1", 0, tls, guard, LIMITS);
  }

  /** As a server finds it. */
  private static Endpoint endpoint() {
    return ServiceLoader.load(Endpoint.class).findFirst().orElseThrow();
  }

  private static ManagedChannel channel(int port, ChannelCredentials credentials) {
    return Grpc.newChannelBuilder("localhost:" + port, credentials).build();
  }

  private static Model twice() {
    GraphBuilder builder = new GraphBuilder("double");
    builder.input("x", Input.UNKNOWN, 2);
    builder.add("y", Binary.ADD, "x", "x");
    return Model.of(builder.output("y").build());
  }

  private static Model same(ElementType type) {
    GraphBuilder builder = new GraphBuilder("same");
    builder.input(new Input("x", type, List.of(Input.UNKNOWN, 3)));
    builder.add("y", Reshape.IDENTITY, "x");
    return Model.of(builder.output("y").build());
  }

  private static InferInputTensor.Builder input(String type, long... shape) {
    InferInputTensor.Builder input = InferInputTensor.newBuilder().setName("x").setDatatype(type);
    for (long dim : shape) {
      input.addShape(dim);
    }
    return input;
  }

  private static ModelInferRequest.Builder floats(String id, float... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float value : values) {
      contents.addFp32Contents(value);
    }
    return ModelInferRequest.newBuilder()
        .setModelName("double")
        .setId(id)
        .addInputs(input("FP32", values.length / 2, 2).setContents(contents));
  }

  private static ByteString bytes(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  private static void refused(Status.Code code, String told, Runnable call) {
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

  @Test
  void theServerTellsOfItself() {
    assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
    assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
    var told = client.serverMetadata(ServerMetadataRequest.getDefaultInstance());
    assertThat(told.getName()).isEqualTo("clarinet");
    assertThat(told.getVersion()).isEqualTo("test");
    assertThat(told.getExtensionsList()).contains("classification", "model_repository");
  }

  @Test
  void modelsAreToldOf() {
    ModelReadyRequest ready = ModelReadyRequest.newBuilder().setName("double").build();
    assertThat(client.modelReady(ready).getReady()).isTrue();
    ModelMetadataResponse metadata =
        client.modelMetadata(ModelMetadataRequest.newBuilder().setName("double").build());
    assertThat(metadata.getVersionsList()).containsExactly("1");
    assertThat(metadata.getInputs(0).getName()).isEqualTo("x");
    assertThat(metadata.getInputs(0).getShapeList()).containsExactly(-1L, 2L);
    assertThat(metadata.getOutputs(0).getDatatype()).isEqualTo("FP32");
    ModelConfig config =
        client
            .modelConfig(ModelConfigRequest.newBuilder().setName("double").setVersion("1").build())
            .getConfig();
    assertThat(config.getMaxBatchSize()).isEqualTo(16);
    assertThat(config.hasDynamicBatching()).isTrue();
    assertThat(config.getInput(0).getDataType()).isEqualTo(DataType.TYPE_FP32);
    assertThat(config.getInput(0).getDimsList()).containsExactly(2L);
  }

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

  private static StreamObserver<ModelStreamInferResponse> into(
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

  @Test
  void theRepositoryIsToldOfUnloadedAndLoaded() {
    String name = "same-INT16";
    RepositoryModelUnloadRequest unload =
        RepositoryModelUnloadRequest.newBuilder().setModelName(name).build();
    assertThat(client.repositoryModelUnload(unload).isInitialized()).isTrue();
    ModelReadyRequest ready = ModelReadyRequest.newBuilder().setName(name).build();
    assertThat(client.modelReady(ready).getReady()).isFalse();
    assertThat(state(name)).isEqualTo("UNAVAILABLE");
    RepositoryIndexRequest onlyReady = RepositoryIndexRequest.newBuilder().setReady(true).build();
    assertThat(client.repositoryIndex(onlyReady).getModelsList())
        .noneMatch(model -> model.getName().equals(name));
    refused(
        Status.Code.UNAVAILABLE,
        "not ready",
        () -> client.modelMetadata(ModelMetadataRequest.newBuilder().setName(name).build()));
    RepositoryModelLoadRequest load =
        RepositoryModelLoadRequest.newBuilder().setModelName(name).build();
    assertThat(client.repositoryModelLoad(load).isInitialized()).isTrue();
    assertThat(state(name)).isEqualTo("READY");
  }

  private static String state(String name) {
    return client
        .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
        .getModelsList()
        .stream()
        .filter(model -> model.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getState();
  }

  @Test
  void requestsAreCounted() {
    long before = statistics().getInferenceStats().getSuccess().getCount();
    client.modelInfer(floats("", 1, 2).build());
    assertThat(statistics().getInferenceStats().getSuccess().getCount()).isGreaterThan(before);
    assertThat(
            client
                .modelStatistics(ModelStatisticsRequest.getDefaultInstance())
                .getModelStatsList()
                .size())
        .isGreaterThan(2);
    assertThat(ANSWERED)
        .anyMatch(
            answered ->
                answered.route().equals("/inference.GRPCInferenceService/ModelInfer")
                    && answered.status() == 200
                    && answered.received() > 0
                    && answered.sent() > 0);
  }

  private static ModelStatistics statistics() {
    return client
        .modelStatistics(ModelStatisticsRequest.newBuilder().setName("double").build())
        .getModelStats(0);
  }

  @Test
  void whatIsWrongIsToldByItsStatus() {
    Status.Code wrong = Status.Code.INVALID_ARGUMENT;
    refused(
        Status.Code.NOT_FOUND,
        "no model",
        () -> client.modelInfer(floats("", 1, 2).setModelName("nobody").build()));
    refused(
        Status.Code.NOT_FOUND,
        "version 1 only",
        () -> client.modelInfer(floats("", 1, 2).setModelVersion("2").build()));
    refused(wrong, "0 inputs", () -> client.modelInfer(floats("", 1, 2).clearInputs().build()));
    refused(
        wrong,
        "no output z",
        () ->
            client.modelInfer(
                floats("", 1, 2)
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName("z"))
                    .build()));
    refused(
        wrong,
        "classifier",
        () ->
            client.modelInfer(
                floats("", 1, 2)
                    .addOutputs(
                        InferRequestedOutputTensor.newBuilder()
                            .setName("y")
                            .putParameters(
                                "classification",
                                InferParameter.newBuilder().setInt64Param(1).build()))
                    .build()));
    for (InferInputTensor.Builder input :
        List.of(
            input("FP32", 1, 3),
            input("FP32", 1, -2),
            input("FP32", 1L << 40, 1L << 40),
            input("FP64", 1, 2),
            input("FP33", 1, 2),
            input("FP32", 1, 2).setName("other"),
            input("FP32", 1, 2)
                .putParameters("shared_memory_region", InferParameter.getDefaultInstance()))) {
      refused(wrong, "", () -> client.modelInfer(raw(input, bytes(1, 2))));
    }
    refused(wrong, "shape", () -> client.modelInfer(raw(input("FP32", 1, 2), bytes(1, 2, 3))));
    refused(
        wrong,
        "contents of another type",
        () ->
            client.modelInfer(
                raw(input("FP32", 1, 2), bytes(1, 2)).toBuilder()
                    .clearRawInputContents()
                    .setInputs(
                        0,
                        input("FP32", 1, 2)
                            .setContents(InferTensorContents.newBuilder().addIntContents(1)))
                    .build()));
    refused(
        wrong,
        "raw_input_contents",
        () -> client.modelInfer(floats("", 1, 2).addRawInputContents(bytes(1, 2)).build()));
    refused(
        wrong,
        "range",
        () ->
            client.modelInfer(
                ModelInferRequest.newBuilder()
                    .setModelName("same-UINT8")
                    .addInputs(
                        input("UINT8", 1, 3)
                            .setContents(
                                InferTensorContents.newBuilder()
                                    .addUintContents(1)
                                    .addUintContents(2)
                                    .addUintContents(256)))
                    .build()));
  }

  private static ModelInferRequest raw(InferInputTensor.Builder input, ByteString elements) {
    return ModelInferRequest.newBuilder()
        .setModelName("double")
        .addInputs(input)
        .addRawInputContents(elements)
        .build();
  }

  @Test
  void messagesBeyondTheLimitAreRefusedAlsoWhereTheyAreCompressed() {
    ModelInferRequest large = raw(input("FP32", 1, 2), ByteString.copyFrom(new byte[MOST + 1]));
    refused(Status.Code.RESOURCE_EXHAUSTED, "", () -> client.modelInfer(large));
    // grpc-java finds it while it parses, and has no other status then
    refused(Status.Code.UNKNOWN, "", () -> client.withCompression("gzip").modelInfer(large));
  }

  @Test
  void aCallThatIsCancelledOrLateIsGivenUp() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayLoad = new CountDownLatch(1);
    server
        .models()
        .add(
            "held",
            () -> {
              loading.countDown();
              try {
                mayLoad.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return twice();
            });
    var load = RepositoryModelLoadRequest.newBuilder().setModelName("held").build();
    var call = GRPCInferenceServiceGrpc.newFutureStub(channel).repositoryModelLoad(load);
    try {
      assertThat(loading.await(20, TimeUnit.SECONDS)).isTrue();
      refused(
          Status.Code.DEADLINE_EXCEEDED,
          "",
          () -> client.withDeadlineAfter(20, TimeUnit.MILLISECONDS).repositoryModelLoad(load));
      call.cancel(true);
      String route = "/inference.GRPCInferenceService/RepositoryModelLoad";
      for (int i = 0; i < 2000 && gone(route) < 2; i++) {
        Thread.sleep(10);
      }
      assertThat(gone(route)).isEqualTo(2);
    } finally {
      mayLoad.countDown();
      server.models().remove("held").join();
    }
  }

  private static long gone(String route) {
    synchronized (ANSWERED) {
      return ANSWERED.stream().filter(a -> a.route().equals(route) && a.status() == 499).count();
    }
  }

  @Test
  void aTokenIsAskedForAndTlsIsSpoken(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    Path certificate = folder.resolve("server.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit",
        "-file",
        certificate.toString());
    HttpOptions options = options(Guard.of("secret"), Tls.of(store, "changeit".toCharArray()));
    int port = server.add(endpoint(), options);
    ManagedChannel secure =
        channel(
            port, TlsChannelCredentials.newBuilder().trustManager(certificate.toFile()).build());
    try {
      GRPCInferenceServiceBlockingStub without = GRPCInferenceServiceGrpc.newBlockingStub(secure);
      assertThat(without.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
      refused(
          Status.Code.UNAUTHENTICATED, "token", () -> without.modelInfer(floats("", 1, 2).build()));
      refused(
          Status.Code.UNAUTHENTICATED,
          "token",
          () ->
              GRPCInferenceServiceGrpc.newBlockingStub(with(secure, "Bearer other"))
                  .modelInfer(floats("", 1, 2).build()));
      assertThat(
              GRPCInferenceServiceGrpc.newBlockingStub(with(secure, "Bearer secret"))
                  .modelInfer(floats("7", 1, 2).build())
                  .getId())
          .isEqualTo("7");
    } finally {
      secure.shutdownNow();
    }
    ManagedChannel plain = channel(port, InsecureChannelCredentials.create());
    try {
      refused(
          Status.Code.UNAVAILABLE,
          "",
          () ->
              GRPCInferenceServiceGrpc.newBlockingStub(plain)
                  .serverLive(ServerLiveRequest.getDefaultInstance()));
    } finally {
      plain.shutdownNow();
    }
  }

  private static Channel with(Channel channel, String authorization) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
  }

  @Test
  void drainingAnswersWhatHasComeAndTakesNoMore() throws Exception {
    Server own = Server.start(options(Guard.loopback(), null), SERVING, "test", answered -> {});
    int port = own.add(endpoint(), options(Guard.loopback(), null));
    own.load(Map.of("double", GrpcEndpointTest::twice));
    ManagedChannel to = channel(port, InsecureChannelCredentials.create());
    try {
      List<ModelStreamInferResponse> answers = Collections.synchronizedList(new ArrayList<>());
      CompletableFuture<Void> ended = new CompletableFuture<>();
      var requests = GRPCInferenceServiceGrpc.newStub(to).modelStreamInfer(into(answers, ended));
      requests.onNext(floats("1", 1, 2).build());
      while (answers.isEmpty()) {
        Thread.sleep(5);
      }
      var drained = CompletableFuture.supplyAsync(() -> own.drain(Duration.ofSeconds(20)));
      requests.onNext(floats("2", 1, 2).build());
      requests.onCompleted();
      ended.get(20, TimeUnit.SECONDS);
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(answers).hasSize(2);
    } finally {
      to.shutdownNow();
      own.close();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    HttpOptions taken = options(Guard.loopback(), null).at(server.port());
    assertThatThrownBy(() -> server.add(endpoint(), taken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
  }
}
