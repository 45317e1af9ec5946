package io.clarinet.importer.onnx;

import io.clarinet.op.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The readers of ONNX's own operators by name and the writers of ours by class, added by the
 * families of operators, each in its own file.
 */
final class OnnxOperators {
  private static final List<Consumer<OnnxOperators>> FAMILIES =
      List.of(
          OnnxActivations::register,
          OnnxArithmetic::register,
          OnnxAttentions::register,
          OnnxBlocks::register,
          OnnxCasts::register,
          OnnxConcatenations::register,
          OnnxConditionals::register,
          OnnxConvolutions::register,
          OnnxDropout::register,
          OnnxEinsum::register,
          OnnxGenerators::register,
          OnnxLogic::register,
          OnnxNormalisations::register,
          OnnxPaddings::register,
          OnnxPermutations::register,
          OnnxPoolings::register,
          OnnxProducts::register,
          OnnxQuantisations::register,
          OnnxReductions::register,
          OnnxRepetitions::register,
          OnnxReshapes::register,
          OnnxResizes::register,
          OnnxRuntimeOperators::register,
          OnnxSamplings::register,
          OnnxScatters::register,
          OnnxSelections::register,
          OnnxRotations::register,
          OnnxShapes::register,
          OnnxSoftmaxes::register);

  /** All families. */
  static final OnnxOperators ALL = new OnnxOperators();

  static {
    FAMILIES.forEach(family -> family.accept(ALL));
  }

  private final Map<String, OnnxTranslator> translators = new HashMap<>();
  private final Map<Class<? extends Op>, OnnxExporter<Op>> exporters = new HashMap<>();

  private OnnxOperators() {}

  /** Adds an operator of ONNX's, which no family has added yet. */
  void reads(String operator, OnnxTranslator translator) {
    requireNew(translators.putIfAbsent(operator, translator), operator);
  }

  /** Adds one of our operators, which no family has added yet. */
  <T extends Op> void writes(Class<T> operator, OnnxExporter<T> exporter) {
    OnnxExporter<Op> any = (op, node, to) -> exporter.export(operator.cast(op), node, to);
    requireNew(exporters.putIfAbsent(operator, any), operator.getSimpleName());
  }

  private static void requireNew(@Nullable Object earlier, String operator) {
    if (earlier != null) {
      throw new IllegalStateException("two families have the operator " + operator);
    }
  }

  /** The translator of an operator of ONNX's; null if there is none. */
  @Nullable OnnxTranslator translator(String operator) {
    return translators.get(operator);
  }

  /** The exporter of one of our operators, which all have one. */
  OnnxExporter<Op> exporter(Op operator) {
    return Objects.requireNonNull(exporters.get(operator.getClass()), operator.name());
  }

  /** Our operators that have an exporter. */
  Set<Class<? extends Op>> written() {
    return Set.copyOf(exporters.keySet());
  }
}
