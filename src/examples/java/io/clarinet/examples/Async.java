package io.clarinet.examples;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.SessionOptions;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs without waiting: in turn, cancellable until it is its turn, and with a bound on the queue.
 */
public final class Async {
  private static final int REQUESTS = 100;
  private static final int MOST_WAITING = 10;

  private Async() {}

  public static void main(String[] arguments) throws IOException {
    SessionOptions options = SessionOptions.EXACT.withMostWaiting(MOST_WAITING);
    Tensor input = Tensor.zeros(Shape.of(1, 3, 32, 32));
    try (Session session = Model.bundled().open(Device.standard(), options)) {
      float[] expected = session.run(input).toFloatArray();

      List<CompletableFuture<float[]>> requests = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        CompletableFuture<Tensor> run = session.runAsync(input);
        requests.add(run.thenApply(Tensor::toFloatArray));
        if (i % 10 == 9) {
          run.cancel(false); // of no effect if it runs already
        }
      }

      int answered = 0;
      int refused = 0;
      int cancelled = 0;
      for (CompletableFuture<float[]> request : requests) {
        try {
          Check.that(Arrays.equals(request.join(), expected), "every answer is right");
          answered++;
        } catch (CompletionException e) {
          if (e.getCause() instanceof RejectedExecutionException) {
            refused++; // the service is busy: tell the client to come again
          } else if (e.getCause() instanceof CancellationException) {
            cancelled++;
          } else {
            throw e;
          }
        }
      }
      System.out.printf("%d answered, %d refused, %d cancelled%n", answered, refused, cancelled);
      Check.that(answered > 0, "some were answered");
      Check.that(answered + refused + cancelled == REQUESTS, "nothing was lost");
    }
  }
}
