package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.clarinet.grpc.proto.InferParameter;
import io.clarinet.grpc.proto.InferTensorContents;
import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferRequest.InferInputTensor;
import io.clarinet.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.clarinet.grpc.proto.RepositoryModelLoadRequest;
import io.clarinet.grpc.proto.ServerLiveRequest;
import io.clarinet.grpc.proto.ServerReadyRequest;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.clarinet.server.http.Tls;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong, too large, late or not allowed in is told by its status. */
@Timeout(60)
class GrpcRefusalsTest extends GrpcFixture {
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
}
