package io.clarinet.importer.keras;

import io.clarinet.importer.ImportOptions.Norms;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules that depend on the file and the import options, not on a layer.
 *
 * @param version of Keras, such as {@code 2.2.4-tf}, or null if the file does not say
 * @param norms treatment of batch normalisations that the model calls as in training
 */
record KerasRules(@Nullable String version, Path file, Norms norms) {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /** Keras 3 redefined a few functions. */
  boolean isThree() {
    return version != null && version.startsWith("3");
  }

  /** Before TensorFlow 2, bilinear upsampling aligned the corners of pixels, not their centres. */
  boolean alignsPixelCentres() {
    if (version == null) {
      return false;
    }
    Matcher parts = VERSION.matcher(version);
    boolean known = parts.lookingAt();
    int major = known ? Integer.parseInt(parts.group(1)) : 0;
    int minor = known ? Integer.parseInt(parts.group(2)) : 0;
    return version.contains("-tf") || major > 2 || (major == 2 && minor >= 3);
  }
}
