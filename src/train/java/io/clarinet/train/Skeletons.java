package io.clarinet.train;

import java.awt.geom.Point2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hand-written skeletons of {@code skeletons.txt}, by label. */
final class Skeletons {
  /** One pen stroke: points to pass through, each a corner or not; a character is 1 high. */
  record Stroke(List<Point2D> points, List<Boolean> corners) {}

  private final Map<Integer, List<List<Stroke>>> byLabel = new TreeMap<>();

  /** Reads the resource; throws IllegalStateException naming a line that is not as described. */
  static Skeletons read() {
    Skeletons skeletons = new Skeletons();
    try (InputStream in = Skeletons.class.getResourceAsStream("skeletons.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> line.matches("\\w:.*")).forEach(skeletons::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return skeletons;
  }

  /** The ways to draw a label; each is a list of strokes. */
  List<List<Stroke>> of(int label) {
    return byLabel.get(label);
  }

  private void add(String line) {
    List<Stroke> strokes = new ArrayList<>();
    for (String stroke : line.substring(2).split(";")) {
      strokes.add(stroke(stroke.strip(), line));
    }
    int label = Labels.index(line.charAt(0));
    byLabel.computeIfAbsent(label, key -> new ArrayList<>()).add(strokes);
  }

  private static Stroke stroke(String text, String line) {
    boolean straight = text.startsWith("-");
    List<Point2D> points = new ArrayList<>();
    List<Boolean> corners = new ArrayList<>();
    for (String word : text.substring(straight ? 1 : 0).strip().split("\\s+")) {
      if (!word.matches("\\d+,\\d+!?")) {
        throw new IllegalStateException("'" + word + "' is not a point, in: " + line);
      }
      String[] xy = word.replace("!", "").split(",");
      points.add(
          new Point2D.Double(Integer.parseInt(xy[0]) / 100.0, Integer.parseInt(xy[1]) / 100.0));
      corners.add(straight || word.endsWith("!"));
    }
    return new Stroke(List.copyOf(points), List.copyOf(corners));
  }
}
