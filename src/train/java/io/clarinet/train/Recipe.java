package io.clarinet.train;

/** How the shipped weights are trained: every choice that is no range of the samples. */
final class Recipe {
  static final long TRAIN_SEED = 1;
  static final long WEIGHT_SEED = 2;
  static final long TEST_SEED = 2026;
  static final long PICTURE_SEED = 40;

  static final int BATCH = 128;
  static final int STEPS = 7_000;
  static final double WARM_UP = 0.03;
  static final double RATE = 0.15;
  static final double MOMENTUM = 0.9;
  static final double WEIGHT_DECAY = 5e-4;
  static final double LABEL_SMOOTHING = 0.05;
  static final double AVERAGE = 0.999;

  /** The network trains on shrunken pictures first: until this share of the steps, this size. */
  static final double[] UNTIL = {0.45, 0.7, 1};

  static final int[] SIZES = {20, 24, Ranges.SIZE};

  /** Pixels enter the network as (p / 255 - MEAN) / DEVIATION. */
  static final double MEAN = 0.5;

  static final double DEVIATION = 0.5;

  private Recipe() {}

  /** Learning rate: a linear warm-up, then a cosine to zero. */
  static double rate(int step, int steps) {
    double done = (step + 1.0) / steps;
    return done < WARM_UP
        ? RATE * done / WARM_UP
        : RATE * 0.5 * (1 + Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP)));
  }

  static int size(int step, int steps) {
    int phase = 0;
    while (step >= UNTIL[phase] * steps) {
      phase++;
    }
    return SIZES[phase];
  }
}
