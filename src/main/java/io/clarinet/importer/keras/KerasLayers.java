package io.clarinet.importer.keras;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of layers that are known. */
final class KerasLayers {
  /** Layers without effect outside of training. */
  private static final List<String> IDENTITIES =
      List.of(
          "Dropout",
          "SpatialDropout1D",
          "SpatialDropout2D",
          "AlphaDropout",
          "GaussianDropout",
          "GaussianNoise",
          "StochasticDepth",
          "ActivityRegularization",
          "Identity",
          "AugMix",
          "CutMix",
          "MixUp",
          "RandAugment",
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHeight",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomPosterization",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom");

  private static final Map<String, LayerTranslator> TABLE = table();

  private KerasLayers() {}

  private static Map<String, LayerTranslator> table() {
    Map<String, LayerTranslator> table = new HashMap<>();
    KerasConvolutions.register(table);
    KerasRows.register(table);
    KerasPoolings.register(table);
    KerasNormalisations.register(table);
    KerasActivations.register(table);
    KerasMerges.register(table);
    KerasShapes.register(table);
    KerasProducts.register(table);
    KerasPreprocessing.register(table);
    KerasOperations.register(table);
    IDENTITIES.forEach(kind -> table.put(kind, KerasLayer::input));
    return Map.copyOf(table);
  }

  /** The translator of a kind of layer, or null if it is not supported. */
  static @Nullable LayerTranslator find(String kind) {
    LayerTranslator layer = TABLE.get(kind);
    return layer == null ? KerasOperations.find(kind) : layer;
  }
}
