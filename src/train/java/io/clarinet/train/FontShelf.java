package io.clarinet.train;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.geom.Path2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outlines of one split's font families, each file checked against the committed list. */
final class FontShelf {
  private static final float EM = 100;
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  /** Faces (weights) of a family; a face holds the outline of every label. */
  private final List<List<Path2D[]>> families;

  private FontShelf(List<List<Path2D[]>> families) {
    this.families = families;
  }

  /**
   * Loads the families of one split ("train" or "test").
   *
   * @param folder holds {@code fonts.tsv} and, after {@code npm ci}, {@code node_modules}
   * @throws IOException when a file is missing, differs from its checksum, or lacks a label
   */
  static FontShelf open(Path folder, String split) throws IOException {
    Map<String, List<Path2D[]>> families = new TreeMap<>();
    for (FontFile file : FontFile.list(folder)) {
      if (file.split().equals(split)) {
        families.computeIfAbsent(file.family(), key -> new ArrayList<>()).add(face(folder, file));
      }
    }
    return new FontShelf(List.copyOf(families.values()));
  }

  int families() {
    return families.size();
  }

  /** The outline of a label in a family and weight drawn by chance; any size, not centred. */
  Path2D outline(int label, Chance chance) {
    return chance.oneOf(chance.oneOf(families))[label];
  }

  private static Path2D[] face(Path folder, FontFile file) throws IOException {
    byte[] woff = Files.readAllBytes(file.path(folder));
    if (!FontFile.sha256(woff).equals(file.sha256())) {
      throw new IOException(file.path(folder) + " differs from its checksum in fonts.tsv");
    }
    try {
      Font font = Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(Woff.toSfnt(woff)));
      return outlines(font.deriveFont(EM));
    } catch (FontFormatException | IllegalArgumentException e) {
      throw new IOException(file.path(folder) + ": " + e.getMessage(), e);
    }
  }

  private static Path2D[] outlines(Font font) {
    Path2D[] outlines = new Path2D[Labels.COUNT];
    for (int label = 0; label < Labels.COUNT; label++) {
      char name = Labels.name(label);
      Path2D outline =
          new Path2D.Double(
              font.createGlyphVector(CONTEXT, String.valueOf(name)).getGlyphOutline(0));
      if (!font.canDisplay(name) || outline.getBounds2D().isEmpty()) {
        throw new IllegalArgumentException("no glyph for " + name);
      }
      outlines[label] = outline;
    }
    return outlines;
  }
}
