package io.clarinet.importer.onnx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators of ONNX's own domain that have a translator. */
final class OnnxOperators {
  private static final Map<String, OnnxTranslator> TABLE = new HashMap<>();

  static {
    OnnxConvolutions.register(TABLE);
    OnnxProducts.register(TABLE);
    OnnxPoolings.register(TABLE);
    OnnxNormalisations.register(TABLE);
    OnnxActivations.register(TABLE);
    OnnxElementwise.register(TABLE);
    OnnxLogic.register(TABLE);
    OnnxShapes.register(TABLE);
    OnnxSelections.register(TABLE);
    OnnxConstants.register(TABLE);
    OnnxReductions.register(TABLE);
    OnnxResizes.register(TABLE);
    OnnxQuantisations.register(TABLE);
  }

  private OnnxOperators() {}

  /** The translator of an operator, or null. */
  static @Nullable OnnxTranslator find(String operator) {
    return TABLE.get(operator);
  }
}
