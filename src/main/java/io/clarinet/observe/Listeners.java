package io.clarinet.observe;

import io.clarinet.event.Listener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of the process. What one of them throws is logged once, and goes no further. */
public final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final List<Place> PLACES = new CopyOnWriteArrayList<>();

  private Listeners() {}

  /** A listener, as often as it was added. */
  private static final class Place {
    final Listener listener;
    volatile boolean failed;

    Place(Listener listener) {
      this.listener = listener;
    }
  }

  /**
   * Adds a listener.
   *
   * @return the action that takes it away again
   */
  public static Runnable add(Listener listener) {
    Place place = new Place(Objects.requireNonNull(listener, "listener"));
    PLACES.add(place);
    return () -> PLACES.remove(place);
  }

  /** Whether anybody listens. */
  static boolean some() {
    return !PLACES.isEmpty();
  }

  static void tell(Consumer<Listener> call) {
    for (Place place : PLACES) {
      try {
        call.accept(place.listener);
      } catch (Throwable e) {
        log(place, e);
      }
    }
  }

  private static void log(Place place, Throwable failure) {
    if (!place.failed) {
      place.failed = true;
      LOG.warn("{} failed, which is said once and harms no run", place.listener, failure);
    }
  }
}
