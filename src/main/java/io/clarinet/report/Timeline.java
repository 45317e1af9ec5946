package io.clarinet.report;

import java.util.List;

/**
 * The events of one run, times in seconds since it began.
 *
 * @param steps number of steps that an {@link Explanation} lists for it
 * @param events in the order in which they were started
 */
public record Timeline(int steps, List<Event> events) {

  public Timeline {
    events = List.copyOf(events);
  }

  /**
   * One stretch of time.
   *
   * @param kind {@code upload}, {@code kernel}, {@code host} or {@code download}
   * @param step index of the step that it belongs to; -1 for the inputs and outputs of the network
   * @param node of the step, or name of the input or output
   * @param name of the kernel that ran or the value that moved
   */
  public record Event(
      String kind, int step, String node, String name, double startSeconds, double seconds) {

    /** When it ended. */
    public double endSeconds() {
      return startSeconds + seconds;
    }
  }

  /** Seconds of each step, its own transfers included, gaps between kernels not. */
  public double[] stepSeconds() {
    double[] seconds = new double[steps];
    for (Event event : events) {
      if (event.step() >= 0) {
        seconds[event.step()] += event.seconds();
      }
    }
    return seconds;
  }

  /** Seconds from the start of the run to its last event's end. */
  public double seconds() {
    return events.stream().mapToDouble(Event::endSeconds).max().orElse(0);
  }
}
