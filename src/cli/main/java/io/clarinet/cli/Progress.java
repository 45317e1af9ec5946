package io.clarinet.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, where that is a terminal and the work is long. */
final class Progress implements AutoCloseable {
  private static final int LONG = 16;
  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static Progress of(boolean json, String what, long count) {
    boolean terminal = System.console() != null && !json;
    return new Progress(
        terminal && count >= LONG
            ? new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(count)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(
                    new me.tongfei.progressbar.ConsoleProgressBarConsumer(
                        new PrintStream(System.err, true)))
                .build()
            : null);
  }

  void stepBy(long steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
