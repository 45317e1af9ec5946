package io.clarinet.train;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.manual_seed;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Trains the network on fresh samples and writes its averaged weights as it goes. */
final class Training {
  private static final int REPORT_EVERY = 100;
  private static final int SAVE_EVERY = 500;
  private static final long MEAN_OF_LOSSES = 1;
  private static final long IGNORE_NONE = -100;

  private final Network network;
  private final Sgd sgd;
  private final int steps;
  private double loss;

  Training(int steps) {
    manual_seed(Recipe.WEIGHT_SEED);
    this.network = new Network(Labels.COUNT);
    this.sgd = new Sgd(network);
    this.steps = steps;
  }

  /** Runs every step; {@code weights} is rewritten at intervals and at the end. */
  void run(Generator generator, Path weights) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Batches batches = new Batches(generator, steps)) {
      for (int step = 0; step < steps; step++) {
        learn(batches.next(), step);
        if ((step + 1) % REPORT_EVERY == 0) {
          report(step + 1, (System.nanoTime() - begin) / 1e9);
        }
        if ((step + 1) % SAVE_EVERY == 0 || step + 1 == steps) {
          WeightsFile.write(sgd.average(), weights);
        }
      }
    }
  }

  private void learn(Batch batch, int step) {
    try (PointerScope scope = new PointerScope()) {
      Tensor pictures = batch.pictures(Recipe.size(step, steps));
      Tensor result =
          cross_entropy_loss(
              network.forward(pictures),
              batch.targets(),
              new TensorOptional(),
              MEAN_OF_LOSSES,
              IGNORE_NONE,
              Recipe.LABEL_SMOOTHING);
      result.backward();
      loss += result.item().toFloat();
    }
    sgd.step(step, Recipe.rate(step, steps));
  }

  private void report(int done, double seconds) {
    System.out.printf(
        "step %d of %d, loss %.4f, %.0f samples/s, %.0f s%n",
        done, steps, loss / REPORT_EVERY, done * Recipe.BATCH / seconds, seconds);
    loss = 0;
  }
}
