package io.clarinet.observe;

import io.clarinet.event.Fallback;
import io.clarinet.event.Listener;
import io.clarinet.event.ModelLoad;
import io.clarinet.event.ModelRun;
import io.clarinet.event.PlanBuild;
import io.clarinet.event.StrikeOff;
import io.clarinet.event.jfr.Begun;
import io.clarinet.event.jfr.CompileEvent;
import io.clarinet.event.jfr.FallbackEvent;
import io.clarinet.event.jfr.LoadEvent;
import io.clarinet.event.jfr.RunEvent;
import io.clarinet.event.jfr.StrikeOffEvent;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing that happens, told to the flight recorder and to listeners. Where nobody wants to
 * know, nothing is made to tell them.
 *
 * @param <E> what is told
 */
public final class Topic<E> {
  /** Whether this runtime has the recorder: linking its events would fail without. */
  private static final boolean RECORDER =
      ModuleLayer.boot().findModule("jdk.jfr").filter(Topic.class.getModule()::canRead).isPresent();

  public static final Topic<ModelLoad> LOAD =
      new Topic<>(RECORDER ? LoadEvent::start : Topic::none, Listener::loaded);
  public static final Topic<PlanBuild> COMPILE =
      new Topic<>(RECORDER ? CompileEvent::start : Topic::none, Listener::compiled);
  public static final Topic<ModelRun> RUN =
      new Topic<>(RECORDER ? RunEvent::start : Topic::none, Listener::ran);
  public static final Topic<Fallback> FALLBACK =
      new Topic<>(RECORDER ? FallbackEvent::start : Topic::none, Listener::fellBack);
  public static final Topic<StrikeOff> STRIKE_OFF =
      new Topic<>(RECORDER ? StrikeOffEvent::start : Topic::none, Listener::struckOff);

  private final Recorder<E> recorder;
  private final BiConsumer<Listener, E> call;

  private Topic(Recorder<E> recorder, BiConsumer<Listener, E> call) {
    this.recorder = recorder;
    this.call = call;
  }

  private interface Recorder<E> {
    @Nullable Begun<E> start();
  }

  private static <E> @Nullable Begun<E> none() {
    return null;
  }

  /** Words for work that has ended. */
  public interface Words<T, E> {

    /**
     * The words.
     *
     * @param result null if the work failed
     * @param failure one line; empty if it did not fail
     */
    E of(@Nullable T result, Duration duration, String failure);
  }

  /** Does work, and tells of it once it has ended, well or not. */
  public <T> T during(Supplier<T> work, Words<T, E> words) {
    Begun<E> begun = recorder.start();
    if (begun == null && !Listeners.some()) {
      return work.get();
    }
    long start = System.nanoTime();
    T result = null;
    String failure = "";
    try {
      result = work.get();
      return result;
    } catch (RuntimeException | Error e) {
      failure = line(e);
      throw e;
    } finally {
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      tell(begun, words.of(result, duration, failure));
    }
  }

  private static String line(Throwable failure) {
    return String.valueOf(failure.getMessage() == null ? failure : failure.getMessage())
        .lines()
        .findFirst()
        .orElse("");
  }

  /** Tells of something that takes no time. */
  public void tell(Supplier<E> words) {
    Begun<E> begun = recorder.start();
    if (begun != null || Listeners.some()) {
      tell(begun, words.get());
    }
  }

  private void tell(@Nullable Begun<E> begun, E happened) {
    if (begun != null) {
      begun.record(happened);
    }
    Listeners.tell(listener -> call.accept(listener, happened));
  }
}
