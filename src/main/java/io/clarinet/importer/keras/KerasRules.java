package io.clarinet.importer.keras;

import io.clarinet.importer.ImportOptions.Norms;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Rules that depend on the file and the import options, not on a layer.
 *
 * @param version of Keras, such as {@code 2.2.4-tf}, or null if the file does not say
 * @param norms treatment of batch normalisations that the model calls as in training
 */
record KerasRules(@Nullable String version, Path file, Norms norms) {

  /** Keras 3 redefined a few functions. */
  boolean isThree() {
    return version != null && version.startsWith("3");
  }

  /** Before TensorFlow 2, bilinear upsampling aligned the corners of pixels, not their centres. */
  boolean alignsPixelCentres() {
    return version != null && (version.contains("-tf") || version.compareTo("2.3") >= 0);
  }
}
