package io.clarinet.event.jfr;

import io.clarinet.event.PlanBuild;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The flight recorder's event of a {@link PlanBuild}. */
@Name("clarinet.Compile")
@Label("Plan Build")
@Description("Inputs of some shapes were planned for, programs compiled, weights packed")
@Category("Clarinet")
@StackTrace(false)
public final class CompileEvent extends Event implements Begun<PlanBuild> {
  @Label("Model")
  String model = "";

  @Label("Device")
  String device = "";

  @Label("Input Shapes")
  String shapes = "";

  @Label("Steps")
  int steps;

  @Label("Steps on the Host")
  int hostSteps;

  @Label("Packed Weights")
  @DataAmount
  long weightBytes;

  @Label("Values of a Run")
  @DataAmount
  long laneBytes;

  @Label("Failure")
  String failure = "";

  /** Starts one; null if it is of no interest. */
  public static @Nullable Begun<PlanBuild> start() {
    CompileEvent event = new CompileEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  @Override
  public void record(PlanBuild happened) {
    end();
    if (shouldCommit()) {
      model = happened.model();
      device = happened.device();
      shapes = happened.shapes();
      steps = happened.steps();
      hostSteps = happened.hostSteps();
      weightBytes = happened.weightBytes();
      laneBytes = happened.laneBytes();
      failure = happened.failure();
      commit();
    }
  }
}
