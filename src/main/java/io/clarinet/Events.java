package io.clarinet;

import io.clarinet.event.Listener;
import io.clarinet.observe.Listeners;

/**
 * Where to hear what Clarinet does: loading, compiling, running, falling back. All of it is also
 * recorded by Java Flight Recorder, where a recording runs, as events {@code clarinet.*}.
 */
public final class Events {
  private Events() {}

  /** A listener's place, until it is closed; closing twice does nothing. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Tells a listener from now on of all models and sessions of this process; of what is under way
   * only if another listener or the recorder wanted to know when it began.
   */
  public static Registration listen(Listener listener) {
    return Listeners.add(listener)::run;
  }
}
