package io.clarinet.examples;

import io.clarinet.Batcher;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Joins the requests of many callers into batches, each caller getting its own answer. */
public final class Batching {
  private static final int LARGEST = 8;
  private static final int REQUESTS = 50;
  private static final Shape ONE = Shape.of(1, 3, 32, 32);

  private Batching() {}

  public static void main(String[] arguments) throws IOException {
    Random random = new Random(1);
    try (Session session = Model.bundled().withAnyBatch().open()) {
      for (int items = 1; items <= LARGEST; items *= 2) {
        session.prepare(ONE.with(0, items));
      }
      try (Batcher batcher = new Batcher(session, LARGEST, Duration.ofMillis(2))) {
        List<Tensor> pictures = new ArrayList<>();
        List<CompletableFuture<Tensor>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
          Tensor picture = random(random);
          pictures.add(picture);
          answers.add(batcher.run(picture));
        }
        double worst = 0;
        for (int i = 0; i < REQUESTS; i++) {
          float[] alone = session.run(pictures.get(i)).toFloatArray();
          worst = Math.max(worst, difference(answers.get(i).join().toFloatArray(), alone));
        }
        System.out.println("largest difference to a run alone: " + worst);
        Check.that(worst < 1e-3, "every caller gets the answer to its own picture");
      }
    }
  }

  private static Tensor random(Random random) {
    Tensor picture = Tensor.zeros(ONE);
    for (int i = 0; i < ONE.size(); i++) {
      picture.set(i, random.nextDouble() * 2 - 1);
    }
    return picture;
  }

  private static double difference(float[] a, float[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }
}
