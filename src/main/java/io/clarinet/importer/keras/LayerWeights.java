package io.clarinet.importer.keras;

import io.clarinet.importer.keras.NetworkConfig.LayerSpec;
import io.clarinet.tensor.Constant;

/** The weights of a layer, each found by its role. */
interface LayerWeights {

  /** The weights of one layer of the network that this layer is. */
  LayerWeights ofLayer(LayerSpec layer);

  /** Whether there is a weight of a role. */
  boolean has(String role);

  /**
   * The weight of a role.
   *
   * @param roles its names in the versions of Keras, such as {@code kernel} and {@code W}
   * @throws IllegalArgumentException if there is none
   */
  Constant get(String... roles);
}
