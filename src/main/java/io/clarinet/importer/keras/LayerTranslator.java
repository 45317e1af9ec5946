package io.clarinet.importer.keras;

/** Turns a call of a layer into nodes. */
interface LayerTranslator {

  /**
   * The value that the call makes.
   *
   * @throws UnsupportedOperationException naming a setting that is not supported
   * @throws IllegalArgumentException if the layer is not sound, or does not fit its inputs
   */
  Value translate(KerasLayer layer);
}
