package io.clarinet.grpc;

import io.clarinet.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.clarinet.grpc.proto.ModelConfigRequest;
import io.clarinet.grpc.proto.ModelConfigResponse;
import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferResponse;
import io.clarinet.grpc.proto.ModelMetadataRequest;
import io.clarinet.grpc.proto.ModelMetadataResponse;
import io.clarinet.grpc.proto.ModelReadyRequest;
import io.clarinet.grpc.proto.ModelReadyResponse;
import io.clarinet.grpc.proto.ModelStatisticsRequest;
import io.clarinet.grpc.proto.ModelStatisticsResponse;
import io.clarinet.grpc.proto.ModelStreamInferResponse;
import io.clarinet.grpc.proto.RepositoryIndexRequest;
import io.clarinet.grpc.proto.RepositoryIndexResponse;
import io.clarinet.grpc.proto.RepositoryModelLoadRequest;
import io.clarinet.grpc.proto.RepositoryModelLoadResponse;
import io.clarinet.grpc.proto.RepositoryModelUnloadRequest;
import io.clarinet.grpc.proto.RepositoryModelUnloadResponse;
import io.clarinet.grpc.proto.ServerLiveRequest;
import io.clarinet.grpc.proto.ServerLiveResponse;
import io.clarinet.grpc.proto.ServerMetadataRequest;
import io.clarinet.grpc.proto.ServerMetadataResponse;
import io.clarinet.grpc.proto.ServerReadyRequest;
import io.clarinet.grpc.proto.ServerReadyResponse;
import io.clarinet.server.Endpoint.Behind;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.server.v2.InferRequest;
import io.clarinet.server.v2.InputReader;
import io.clarinet.server.v2.ModelRoutes;
import io.clarinet.tensor.Tensor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The service's methods, answered from the models of a server. */
final class InferenceService extends GRPCInferenceServiceImplBase {
  private final Behind behind;
  private final Models models;
  private final Executor workers;

  /**
   * @param workers make the answers of what ran
   */
  InferenceService(Behind behind, Executor workers) {
    this.behind = behind;
    this.workers = workers;
    this.models = behind.models();
  }

  /** Gives an answer, or the status of its failure; nobody hears it once the client has gone. */
  private static <T> void answer(
      StreamObserver<T> observer, Function<CompletableFuture<Void>, CompletableFuture<T>> work) {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(() -> gone.complete(null));
    CompletableFuture<T> answer;
    try {
      answer = work.apply(gone);
    } catch (RuntimeException | Error e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                observer.onNext(value);
                observer.onCompleted();
              } else {
                observer.onError(Statuses.of(failure).asRuntimeException());
              }
            });
  }

  private static <T> void now(StreamObserver<T> observer, Supplier<T> answer) {
    answer(observer, gone -> CompletableFuture.completedFuture(answer.get()));
  }

  /** A model; an empty version is any. */
  private Served served(String name, String version) {
    return ModelRoutes.served(models, name, version.isEmpty() ? ModelRoutes.VERSION : version);
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
    now(observer, () -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(
      ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
    now(
        observer,
        () -> ServerReadyResponse.newBuilder().setReady(behind.ready().getAsBoolean()).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
    now(observer, () -> ModelReadyResponse.newBuilder().setReady(isReady(request)).build());
  }

  private boolean isReady(ModelReadyRequest request) {
    try {
      return !served(request.getName(), request.getVersion()).name().isEmpty();
    } catch (StatusException e) {
      if (e.status() == 503) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
    now(
        observer,
        () ->
            ServerMetadataResponse.newBuilder()
                .setName("clarinet")
                .setVersion(behind.version())
                .addAllExtensions(ModelRoutes.EXTENSIONS)
                .build());
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
    now(observer, () -> ModelMessages.metadata(served(request.getName(), request.getVersion())));
  }

  @Override
  public void modelConfig(
      ModelConfigRequest request, StreamObserver<ModelConfigResponse> observer) {
    now(observer, () -> ModelMessages.config(served(request.getName(), request.getVersion())));
  }

  @Override
  public void modelStatistics(
      ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> observer) {
    now(
        observer,
        () ->
            ModelMessages.statistics(
                request.getName().isEmpty()
                    ? List.copyOf(models.ready().values())
                    : List.of(served(request.getName(), request.getVersion()))));
  }

  @Override
  public void repositoryIndex(
      RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
    now(observer, () -> ModelMessages.index(models.index(), request.getReady()));
  }

  @Override
  public void repositoryModelLoad(
      RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> observer) {
    RepositoryModelLoadResponse loaded = RepositoryModelLoadResponse.getDefaultInstance();
    answer(observer, gone -> models.load(request.getModelName()).thenApply(done -> loaded));
  }

  @Override
  public void repositoryModelUnload(
      RepositoryModelUnloadRequest request,
      StreamObserver<RepositoryModelUnloadResponse> observer) {
    RepositoryModelUnloadResponse unloaded = RepositoryModelUnloadResponse.getDefaultInstance();
    answer(observer, gone -> models.unload(request.getModelName()).thenApply(done -> unloaded));
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    answer(observer, gone -> infer(request, gone));
  }

  @Override
  public StreamObserver<ModelInferRequest> modelStreamInfer(
      StreamObserver<ModelStreamInferResponse> observer) {
    return new InferStream((ServerCallStreamObserver<ModelStreamInferResponse>) observer, this);
  }

  /** The answer to one request. */
  CompletableFuture<ModelInferResponse> infer(
      ModelInferRequest request, CompletableFuture<Void> gone) {
    Served served = served(request.getModelName(), request.getModelVersion());
    RequestMessage message = new RequestMessage(request);
    InferRequest head = message.head();
    head.outputsOf(served);
    List<Tensor> inputs =
        new InputReader(head, message.elements(), 0).read(served.signature().inputs());
    ResponseMessage response = new ResponseMessage(request, head, served);
    return models
        .infer(served.name(), inputs, gone, head.patience())
        .thenApplyAsync(response::of, workers);
  }
}
