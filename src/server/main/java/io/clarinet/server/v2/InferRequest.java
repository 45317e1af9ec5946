package io.clarinet.server.v2;

import io.clarinet.graph.Input;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.DataType;
import io.clarinet.server.model.Served;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The head of an inference request: all but the tensors' elements.
 *
 * @param parameters those that are numbers, words or truth values
 * @param outputs that are asked for; empty for all
 */
public record InferRequest(
    @Nullable String id,
    Map<String, Object> parameters,
    List<InputHead> inputs,
    List<OutputHead> outputs) {
  private static final long LONGEST = TimeUnit.DAYS.toMicros(1);

  public InferRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An input.
   *
   * @param binarySize bytes of its elements after the JSON, or -1 where they are in it
   */
  public record InputHead(String name, DataType type, List<Long> shape, long binarySize) {
    public InputHead {
      shape = List.copyOf(shape);
    }
  }

  /**
   * An output.
   *
   * @param binary whether its elements go after the JSON; null where the request says it for all
   * @param classes to name instead of its elements, the most probable first; 0 for elements
   */
  public record OutputHead(String name, @Nullable Boolean binary, int classes) {}

  /**
   * The outputs that are asked for.
   *
   * @throws StatusException 400 if the model has no such output, or no classes to name
   */
  public List<OutputHead> outputsOf(Served served) {
    List<String> own = served.signature().outputs().stream().map(Input::name).toList();
    if (outputs.isEmpty()) {
      return own.stream().map(name -> new OutputHead(name, null, 0)).toList();
    }
    for (OutputHead output : outputs) {
      if (!own.contains(output.name())) {
        throw new StatusException(
            400, "the model has no output " + output.name() + "; it gives " + own);
      }
      if (output.classes() > 0) {
        served.classifierOfPictures();
      }
    }
    return outputs;
  }

  /** Triton's parameter {@code timeout}, in microseconds; longest where there is none. */
  public Duration patience() {
    return parameters.get("timeout") instanceof Long micros && micros > 0 && micros <= LONGEST
        ? Duration.of(micros, ChronoUnit.MICROS)
        : Duration.of(LONGEST, ChronoUnit.MICROS);
  }

  /** Whether outputs go after the JSON that do not say it themselves. */
  boolean isBinary() {
    return Boolean.TRUE.equals(parameters.get("binary_data_output"));
  }
}
