package io.clarinet.cli;

import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on standard error, where that is a terminal and the work is long, with the speed
 * in pictures, cases, rounds or megabytes per second.
 */
final class Progress implements AutoCloseable {
  private static final int LONG = 16;
  private static final long MEGA = 1_000_000;
  private static final DecimalFormat SPEED =
      new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT));

  private final @Nullable Line line;
  private final @Nullable ProgressBar bar;

  private Progress(@Nullable Line line, @Nullable ProgressBar bar) {
    this.line = line;
    this.bar = bar;
  }

  /**
   * A bar of so many things.
   *
   * @param quiet whether nothing but results is wanted, as with {@code --json}
   * @param task what is done
   * @param what the things, in the plural
   */
  static Progress of(Console console, boolean quiet, String task, String what, long count) {
    return of(console, quiet || count < LONG, task, what, 1, count);
  }

  /** A bar of so many bytes, in megabytes. */
  static Progress ofBytes(Console console, boolean quiet, String task, long bytes) {
    return of(console, quiet || bytes < LONG * MEGA, task, "MB", MEGA, bytes);
  }

  private static Progress of(
      Console console, boolean quiet, String task, String what, long unit, long count) {
    if (quiet || !console.errorTerminal().present()) {
      return new Progress(null, null);
    }
    Line line = new Line(console.errors(), console.errorTerminal().width());
    return new Progress(
        line,
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(count)
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" " + what, unit)
            .showSpeed(SPEED)
            .setSpeedUnit(ChronoUnit.SECONDS)
            .setConsumer(line)
            .build());
  }

  void stepBy(long steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  /** Draws the bar at a place, which may be before where it was. */
  void stepTo(long place) {
    if (bar != null) {
      bar.stepTo(place);
    }
  }

  /** Prints something, the bar out of its way meanwhile. */
  void above(Runnable print) {
    if (line == null) {
      print.run();
    } else {
      line.above(print);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** The bar's line of the terminal; the bar redraws it from a thread of its own. */
  private static final class Line implements ProgressBarConsumer {
    private final PrintWriter out;
    private final int width;
    private String drawn = "";

    Line(PrintWriter out, int width) {
      this.out = out;
      this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
      return width - 1;
    }

    @Override
    public synchronized void accept(String bar) {
      drawn = bar;
      out.print("\r" + bar);
      out.flush();
    }

    private synchronized void above(Runnable print) {
      out.print("\r" + " ".repeat(drawn.length()) + "\r");
      out.flush();
      print.run();
      out.print(drawn);
      out.flush();
    }

    @Override
    public void clear() {}

    @Override
    public void close() {
      out.println();
    }
  }
}
