package io.clarinet.train;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes samples as PNG pictures: one each, or many on a contact sheet. */
final class Sheet {
  private static final int SIZE = Ranges.SIZE;
  private static final int MARGIN = 2;

  private Sheet() {}

  static BufferedImage picture(Sample sample) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    byte[] p = sample.pixels();
    int plane = SIZE * SIZE;
    for (int i = 0; i < plane; i++) {
      int rgb = (p[i] & 255) << 16 | (p[plane + i] & 255) << 8 | p[2 * plane + i] & 255;
      image.setRGB(i % SIZE, i / SIZE, rgb);
    }
    return image;
  }

  /** A sheet of this many columns, each pixel shown as scale × scale. */
  static void write(List<Sample> samples, int columns, int scale, Path file) throws IOException {
    int cell = SIZE * scale + MARGIN;
    int rows = (samples.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            columns * cell + MARGIN, rows * cell + MARGIN, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < samples.size(); i++) {
      graphics.drawImage(
          picture(samples.get(i)),
          MARGIN + i % columns * cell,
          MARGIN + i / columns * cell,
          SIZE * scale,
          SIZE * scale,
          null);
    }
    graphics.dispose();
    write(sheet, file);
  }

  static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("no PNG writer for " + file);
    }
  }
}
