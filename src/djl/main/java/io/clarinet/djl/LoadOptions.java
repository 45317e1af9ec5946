package io.clarinet.djl;

import io.clarinet.Model;
import io.clarinet.SessionOptions;
import io.clarinet.SessionOptions.Weights;
import io.clarinet.importer.ImportOptions;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Criteria.optOption} and the {@code option.} lines of a {@code serving.properties} may
 * say.
 *
 * @param importing {@code arch}, the architecture of a file of weights; {@code outputs}, names of
 *     the values that the model ends in, between commas
 * @param session {@code weights}, fp32 or fp16
 * @param anyBatch {@code anyBatch}, true if a file's fixed batch size is to be opened
 */
record LoadOptions(ImportOptions importing, SessionOptions session, boolean anyBatch) {

  /** Read by DJL itself. */
  private static final String NAME = "modelName";

  /**
   * @throws IllegalArgumentException naming the option that is none, or has a value that it cannot
   */
  static LoadOptions of(@Nullable Map<String, ?> options) {
    Map<String, Object> left = new TreeMap<>(options == null ? Map.of() : options);
    left.remove(NAME);
    String architecture = taken(left, "arch", "");
    String outputs = taken(left, "outputs", "");
    Weights weights = Weights.valueOf(either(left, "weights", "FP32", "FP16"));
    boolean anyBatch = either(left, "anyBatch", "FALSE", "TRUE").equals("TRUE");
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "no option of this engine: %s; it has arch, outputs, weights and anyBatch"
              .formatted(String.join(", ", left.keySet())));
    }
    ImportOptions importing =
        outputs.isEmpty()
            ? ImportOptions.DEFAULT
            : ImportOptions.DEFAULT.withOutputs(outputs.strip().split("\\s*,\\s*", -1));
    if (!architecture.isEmpty()) {
      importing = importing.withArchitecture(architecture);
    }
    return new LoadOptions(importing, SessionOptions.EXACT.withWeights(weights), anyBatch);
  }

  private static String either(
      Map<String, Object> options, String key, String usual, String other) {
    String value = taken(options, key, usual).toUpperCase(Locale.ROOT);
    if (!value.equals(usual) && !value.equals(other)) {
      throw new IllegalArgumentException(
          "option %s may be %s or %s, not %s".formatted(key, usual, other, value));
    }
    return value;
  }

  private static String taken(Map<String, Object> options, String key, String otherwise) {
    Object value = options.remove(key);
    return value == null ? otherwise : value.toString();
  }

  /** The model with its batch size opened, if that was asked for. */
  Model applied(Model model) {
    return anyBatch ? model.withAnyBatch() : model;
  }
}
