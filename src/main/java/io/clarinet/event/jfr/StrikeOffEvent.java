package io.clarinet.event.jfr;

import io.clarinet.event.StrikeOff;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The flight recorder's event of a {@link StrikeOff}. */
@Name("clarinet.StrikeOff")
@Label("Kernel Struck Off")
@Description("A kernel does not build or gave a wrong answer, and is not used any more")
@Category("Clarinet")
@StackTrace(false)
public final class StrikeOffEvent extends Event implements Begun<StrikeOff> {
  @Label("Model")
  String model = "";

  @Label("Kernel")
  String kernel = "";

  @Label("Device")
  String device = "";

  @Label("Reason")
  String reason = "";

  /** Starts one; null if it is of no interest. */
  public static @Nullable Begun<StrikeOff> start() {
    StrikeOffEvent event = new StrikeOffEvent();
    if (!event.isEnabled()) {
      return null;
    }
    return event;
  }

  @Override
  public void record(StrikeOff happened) {
    if (shouldCommit()) {
      model = happened.model();
      kernel = happened.kernel();
      device = happened.device();
      reason = happened.reason();
      commit();
    }
  }
}
