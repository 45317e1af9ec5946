package io.clarinet.cli;

import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Prediction;
import io.clarinet.image.Picture;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first thing that a newcomer sees: the sample pictures, and what the network reads in them.
 */
final class Showcase {
  private static final int COLUMNS = 16;
  private static final int ROWS = 8;
  private static final String SHADES = " .:-=+*#%@";

  private Showcase() {}

  static void print(
      Console console, Device device, Classifier classifier, Map<String, Picture> samples) {
    PrintWriter out = console.text();
    StringBuilder word = new StringBuilder();
    samples.forEach(
        (name, picture) -> {
          List<Prediction> found = classifier.classify(picture, 3);
          word.append(found.get(0).label());
          printOne(out, name, picture, found);
        });
    out.printf("%nIt reads: %s. Ran on %s.%n", word, device);
    out.println("Next: ./clarinet classify PICTURE…, or ./clarinet --help");
  }

  private static void printOne(
      PrintWriter out, String name, Picture picture, List<Prediction> found) {
    out.println(name);
    for (int row = 0; row < ROWS; row++) {
      StringBuilder line = new StringBuilder("  ");
      for (int column = 0; column < COLUMNS; column++) {
        line.append(shade(picture, column, row));
      }
      if (row >= 2 && row < 2 + found.size()) {
        Prediction p = found.get(row - 2);
        line.append(
            String.format(Locale.ROOT, "   %s  %5.1f %%", p.label(), 100 * p.probability()));
      }
      out.println(line);
    }
  }

  /** One character for a cell of the picture, by its contrast with the top left corner. */
  private static char shade(Picture picture, int column, int row) {
    int x = (2 * column + 1) * picture.width() / (2 * COLUMNS);
    int y = (2 * row + 1) * picture.height() / (2 * ROWS);
    int difference = 0;
    for (int channel = 0; channel < 3; channel++) {
      difference += Math.abs(picture.sample(x, y, channel) - picture.sample(0, 0, channel));
    }
    return SHADES.charAt(Math.min(SHADES.length() - 1, difference * SHADES.length() / 500));
  }
}
