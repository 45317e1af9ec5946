package io.clarinet.event.jfr;

import io.clarinet.event.ModelLoad;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The flight recorder's event of a {@link ModelLoad}. */
@Name("clarinet.Load")
@Label("Model Load")
@Description("A model was loaded")
@Category("Clarinet")
@StackTrace(false)
public final class LoadEvent extends Event implements Begun<ModelLoad> {
  @Label("Model")
  String model = "";

  @Label("Source")
  String source = "";

  @Label("Nodes")
  int nodes;

  @Label("Weights")
  @DataAmount
  long weightBytes;

  @Label("Failure")
  String failure = "";

  /** Starts one; null if it is of no interest. */
  public static @Nullable Begun<ModelLoad> start() {
    LoadEvent event = new LoadEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  @Override
  public void record(ModelLoad happened) {
    end();
    if (shouldCommit()) {
      model = happened.model();
      source = happened.source();
      nodes = happened.nodes();
      weightBytes = happened.weightBytes();
      failure = happened.failure();
      commit();
    }
  }
}
