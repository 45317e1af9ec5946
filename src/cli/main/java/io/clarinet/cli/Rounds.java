package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.Speedometer;
import io.clarinet.report.DeviceSpeed;
import io.clarinet.tensor.RelativeError;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Timed runs, in seconds.
 *
 * @param peers the peer's times in the same rounds, or null where there is no peer
 * @param speeds of the device, right before each round
 * @param maxRelativeError of our outputs against the peer's, before any timing; 0 without a peer
 */
record Rounds(
    double[] ours, double @Nullable [] peers, List<DeviceSpeed> speeds, double maxRelativeError) {
  /**
   * Runs both sides on the same fresh inputs, in random order within each round, each with one
   * untimed run right before the timed one, and after the other side's threads have come to rest;
   * ours is in its steady state before the first. Before a round the device's speed is measured.
   */
  static Rounds measure(
      Model model,
      Session session,
      @Nullable OnnxRuntimePeer peer,
      int batch,
      int rounds,
      Console console,
      boolean json) {
    List<Tensor> inputs = ModelOptions.random(model, batch, 1);
    double error = peer == null ? 0 : compare(session.run(inputs), peer.run(inputs));
    SteadyState.ofJvm().reach(() -> session.run(inputs));
    double[] ours = new double[rounds];
    double[] peers = peer == null ? null : new double[rounds];
    List<DeviceSpeed> speeds = new ArrayList<>();
    SplittableRandom order = new SplittableRandom(batch);
    String task = model.name() + " batch " + batch;
    try (Speedometer speedometer = session.speedometer();
        Progress progress = Progress.of(console, json, task, "rounds", rounds)) {
      for (int round = 0; round < rounds; round++) {
        List<Tensor> fresh = ModelOptions.random(model, batch, 2L + round);
        RestingCores.await();
        speeds.add(speedometer.now());
        boolean oursFirst = order.nextBoolean();
        if (oursFirst) {
          ours[round] = time(() -> session.run(fresh));
        }
        if (peer != null && peers != null) {
          peers[round] = time(() -> peer.run(fresh));
        }
        if (!oursFirst) {
          ours[round] = time(() -> session.run(fresh));
        }
        progress.stepBy(1);
      }
    }
    return new Rounds(ours, peers, speeds, error);
  }

  private static double time(Runnable run) {
    RestingCores.await();
    run.run();
    long start = System.nanoTime();
    run.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private static double compare(List<Tensor> ours, List<float[]> peers) {
    double error = 0;
    for (int i = 0; i < ours.size(); i++) {
      Tensor peer = Tensor.of(ours.get(i).shape(), peers.get(i));
      error = Math.max(error, RelativeError.of(ours.get(i), peer));
    }
    return error;
  }
}
