package io.clarinet.event;

/**
 * Hears what happens to all models and sessions of the process, once {@link
 * io.clarinet.Events#listen} knows it. Every method does nothing unless overridden.
 *
 * <p>It is called by the thread to which the thing happens, as soon as that has ended: the caller's
 * of {@link io.clarinet.Session#run}, a thread of the session's for {@code runAsync}, the batcher's
 * for its batches; by several threads at a time. All that wait for this wait for it too, so it
 * returns soon, and neither runs a model nor waits for a run. What it throws is logged once and
 * harms nothing.
 */
public interface Listener {

  /** A model was loaded, or was not. */
  default void loaded(ModelLoad load) {}

  /** A plan was made for inputs of some shapes, or was not. */
  default void compiled(PlanBuild build) {}

  /** A run ended, well or not. */
  default void ran(ModelRun run) {}

  /** Work goes on elsewhere than it was meant to. */
  default void fellBack(Fallback fallback) {}

  /** A kernel is not used any more. */
  default void struckOff(StrikeOff strikeOff) {}
}
