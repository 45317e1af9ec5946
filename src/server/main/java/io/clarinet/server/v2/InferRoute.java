package io.clarinet.server.v2;

import io.clarinet.server.http.Handler;
import io.clarinet.server.http.Request;
import io.clarinet.server.http.Response;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.Models;
import io.clarinet.server.model.Served;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code POST /v2/models/{model}/infer}: tensors in, tensors out. */
final class InferRoute implements Handler {
  private final Models models;

  InferRoute(Models models) {
    this.models = models;
  }

  @Override
  public CompletableFuture<Response> handle(Request request) {
    Served served = ModelRoutes.served(models, request);
    byte[] body = request.bytes();
    int length = jsonLength(request, body.length);
    InferRequest head = RequestReader.read(body, 0, length);
    ResponseWriter writer = new ResponseWriter(head, served);
    head.outputsOf(served);
    List<Tensor> inputs = new InputReader(head, body, length).read(served.signature().inputs());
    return models
        .infer(served.name(), inputs, request.gone(), head.patience())
        .thenApplyAsync(writer::write, request.workers());
  }

  private static int jsonLength(Request request, int all) {
    String given = request.header(ResponseWriter.HEADER_LENGTH);
    if (given == null) {
      return all;
    }
    try {
      int length = Integer.parseInt(given.strip());
      if (length >= 0 && length <= all) {
        return length;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new StatusException(
        400, ResponseWriter.HEADER_LENGTH + " is no number of bytes that the body has");
  }
}
