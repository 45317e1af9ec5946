package io.clarinet.cli;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.cli.folder.ReadAhead;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pictures read by all cores ahead of the network, and asked about batch by batch. Where the
 * network runs on the same cores, reading rests meanwhile: its threads, which wait for each other
 * at every layer, would wait for the one that had to give way to a reader.
 */
record ManyPictures(Console console, CommonOptions common, PictureBatches batches) {
  private static final int BATCHES_AHEAD = 8;
  private static final int READ_BY_A_CORE = 4;
  private static final long BYTES_AHEAD = 256 << 20;
  private static final double PACE_SECONDS = 2;

  /** Whether all pictures have an answer. */
  boolean ask(List<String> names, AnswerSink sink) {
    if (!common.verbose || names.size() < Pace.MANY) {
      return all(names, sink);
    }
    Pace pace = Pace.measure(batches, names, PACE_SECONDS);
    long begun = System.nanoTime();
    boolean all = all(names, sink);
    pace.print(console, batches.size(), names.size() / ((System.nanoTime() - begun) * 1e-9));
    return all;
  }

  private boolean all(List<String> names, AnswerSink sink) {
    boolean all = true;
    try (ReadAhead<PreparedPicture> ahead = ahead(names);
        Progress progress =
            Progress.of(console, common.json, "classify", "pictures", names.size())) {
      AtomicBoolean wanted = new AtomicBoolean(true);
      while (wanted.get() && !ahead.isEmpty()) {
        List<Answer> answers = batches.answers(ahead.take(batches.size(), sharesCores()));
        progress.above(() -> wanted.set(sink.take(answers)));
        progress.stepBy(answers.size());
        all &= answers.stream().allMatch(answer -> answer.failure() == null);
      }
    }
    return all;
  }

  private ReadAhead<PreparedPicture> ahead(List<String> names) {
    int cores = Runtime.getRuntime().availableProcessors();
    int size = batches.size();
    int wanted = Math.max(BATCHES_AHEAD, ceilDiv(READ_BY_A_CORE * cores, size));
    long held = BYTES_AHEAD / (size * batches.blank().byteSize());
    int most = (int) Math.max(1, Math.min(wanted, held));
    return new ReadAhead<>(names, batches::prepare, cores, size, most * size);
  }

  private boolean sharesCores() {
    return batches.session().device().type().equals("cpu");
  }
}
