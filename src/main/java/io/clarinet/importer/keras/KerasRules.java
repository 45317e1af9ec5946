package io.clarinet.importer.keras;

import org.jspecify.annotations.Nullable;

/**
 * What depends on the version of Keras that wrote a file.
 *
 * @param version such as {@code 2.2.4-tf}; empty if the file does not say
 */
record KerasRules(String version) {

  static KerasRules of(@Nullable String version) {
    return new KerasRules(version == null ? "" : version);
  }

  /** Keras 3 redefined a few functions. */
  boolean isThree() {
    return version.startsWith("3");
  }

  /** Before TensorFlow 2, bilinear upsampling aligned the corners of pixels, not their centres. */
  boolean alignsPixelCentres() {
    return version.contains("-tf") || version.compareTo("2.3") >= 0;
  }
}
