package io.clarinet.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/** Remembers the warnings by which a decoder says that it filled in pixels of its own. */
final class DamageListener implements IIOReadWarningListener {
  private @Nullable String first;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (first == null && tellsOfLoss(warning)) {
      first = warning;
    }
  }

  private static boolean tellsOfLoss(String warning) {
    return warning.startsWith("Premature end")
        || warning.startsWith("Truncated")
        || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes"));
  }

  void check() throws IOException {
    if (first != null) {
      throw new IOException(first);
    }
  }
}
