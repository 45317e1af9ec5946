package io.clarinet.importer.onnx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators of ONNX's own domain that have a translator. */
final class Operators {
  private static final Map<String, Translator> TABLE = new HashMap<>();

  static {
    Convolutions.register(TABLE);
    Products.register(TABLE);
    Poolings.register(TABLE);
    Normalizations.register(TABLE);
    Activations.register(TABLE);
    Elementwise.register(TABLE);
    Logic.register(TABLE);
    Shapes.register(TABLE);
    Joins.register(TABLE);
    Constants.register(TABLE);
    Reductions.register(TABLE);
    Resizes.register(TABLE);
    Quantizations.register(TABLE);
  }

  private Operators() {}

  /** The translator of an operator, or null. */
  static @Nullable Translator find(String operator) {
    return TABLE.get(operator);
  }
}
