package io.clarinet.grpc;

import io.clarinet.grpc.proto.ModelInferRequest;
import io.clarinet.grpc.proto.ModelInferResponse;
import io.clarinet.grpc.proto.ModelStreamInferResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/**
 * Requests of one stream: a few are under way at a time, answers have the order of the requests,
 * and one that fails is told of in its place. No more is read than the client takes answers.
 */
final class InferStream implements StreamObserver<ModelInferRequest> {
  private static final int UNDER_WAY = 16;

  private final ServerCallStreamObserver<ModelStreamInferResponse> call;
  private final InferenceService service;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private int owed;

  InferStream(ServerCallStreamObserver<ModelStreamInferResponse> call, InferenceService service) {
    this.call = call;
    this.service = service;
    call.setOnCancelHandler(() -> gone.complete(null));
    call.setOnReadyHandler(this::readMore);
    call.disableAutoRequest();
    call.request(UNDER_WAY);
  }

  @Override
  public void onNext(ModelInferRequest request) {
    CompletableFuture<ModelInferResponse> answer;
    try {
      answer = service.infer(request, gone);
    } catch (RuntimeException | Error e) {
      answer = CompletableFuture.failedFuture(e);
    }
    last =
        last.thenAcceptBoth(
            answer.handle((response, failure) -> message(request, response, failure)),
            (before, message) -> send(message));
  }

  private static ModelStreamInferResponse message(
      ModelInferRequest request, ModelInferResponse response, Throwable failure) {
    ModelStreamInferResponse.Builder message = ModelStreamInferResponse.newBuilder();
    if (failure == null) {
      return message.setInferResponse(response).build();
    }
    String why = String.valueOf(Statuses.of(failure).getDescription());
    return message
        .setErrorMessage(why)
        .setInferResponse(ModelInferResponse.newBuilder().setId(request.getId()))
        .build();
  }

  private void send(ModelStreamInferResponse message) {
    call.onNext(message);
    synchronized (this) {
      owed++;
    }
    if (call.isReady()) {
      readMore();
    }
  }

  private void readMore() {
    int more;
    synchronized (this) {
      more = owed;
      owed = 0;
    }
    if (more > 0) {
      call.request(more);
    }
  }

  @Override
  public void onError(Throwable failure) {
    gone.complete(null);
  }

  @Override
  public void onCompleted() {
    var unused = last.thenRun(call::onCompleted);
  }
}
