package io.clarinet.event.jfr;

import io.clarinet.event.ModelRun;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The flight recorder's event of a {@link ModelRun}. */
@Name("clarinet.Run")
@Label("Model Run")
@Description("A model ran")
@Category("Clarinet")
@StackTrace(false)
public final class RunEvent extends Event implements Begun<ModelRun> {
  @Label("Model")
  String model = "";

  @Label("Device")
  String device = "";

  @Label("Input Shapes")
  String shapes = "";

  @Label("Input")
  @DataAmount
  long inputBytes;

  @Label("Output")
  @DataAmount
  long outputBytes;

  @Label("Failure")
  String failure = "";

  /** Starts one; null if it is of no interest. */
  public static @Nullable Begun<ModelRun> start() {
    RunEvent event = new RunEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  @Override
  public void record(ModelRun happened) {
    end();
    if (shouldCommit()) {
      model = happened.model();
      device = happened.device();
      shapes = happened.shapes();
      inputBytes = happened.inputBytes();
      outputBytes = happened.outputBytes();
      failure = happened.failure();
      commit();
    }
  }
}
