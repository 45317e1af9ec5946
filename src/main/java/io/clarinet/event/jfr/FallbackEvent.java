package io.clarinet.event.jfr;

import io.clarinet.event.Fallback;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The flight recorder's event of a {@link Fallback}. */
@Name("clarinet.Fallback")
@Label("Fallback")
@Description("Work goes on elsewhere than it was meant to")
@Category("Clarinet")
@StackTrace(false)
public final class FallbackEvent extends Event implements Begun<Fallback> {
  @Label("Model")
  String model = "";

  @Label("From")
  String from = "";

  @Label("To")
  String to = "";

  @Label("Reason")
  String reason = "";

  /** Starts one; null if it is of no interest. */
  public static @Nullable Begun<Fallback> start() {
    FallbackEvent event = new FallbackEvent();
    if (!event.isEnabled()) {
      return null;
    }
    return event;
  }

  @Override
  public void record(Fallback happened) {
    if (shouldCommit()) {
      model = happened.model();
      from = happened.from();
      to = happened.to();
      reason = happened.reason();
      commit();
    }
  }
}
