package io.clarinet.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.grpc.proto.DataType;
import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc;
import io.clarinet.grpc.proto.ModelConfig;
import io.clarinet.grpc.proto.ModelConfigRequest;
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
import io.clarinet.server.Server;
import io.clarinet.server.http.Guard;
import io.clarinet.server.http.HttpOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server and its models are told of, loaded and unloaded, and it ends as HTTP does. */
@Timeout(60)
class GrpcEndpointTest extends GrpcFixture {
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
  void drainingAnswersWhatHasComeAndTakesNoMore() throws Exception {
    Server own = Server.start(options(Guard.loopback(), null), SERVING, "test", answered -> {});
    int port = own.add(endpoint(), options(Guard.loopback(), null));
    own.load(Map.of("double", GrpcFixture::twice));
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
