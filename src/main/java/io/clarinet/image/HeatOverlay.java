package io.clarinet.image;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;

/**
 * A map of strengths drawn over the part of a picture that it is of: between the middles of its
 * cells bilinearly, the stronger the less transparent. The picture is grey, so that all colour is
 * the map's.
 */
public final class HeatOverlay {
  /** The opacity of the greatest strength. */
  private static final double OPAQUE = 0.75;

  private final Picture picture;
  private final PictureArea area;
  private final float[] strengths;
  private final int height;
  private final int width;

  private HeatOverlay(Picture picture, PictureArea area, Tensor values) {
    Shape shape = values.shape();
    this.picture = picture;
    this.area = area;
    this.height = shape.dim(0);
    this.width = shape.dim(1);
    this.strengths = strengths(values);
  }

  /**
   * The picture in grey with the map over it. Its greatest value is the strongest; nothing is drawn
   * where it is negative or zero.
   *
   * @param values [height, width], whatever these are
   */
  public static Picture of(Picture picture, PictureArea area, Tensor values) {
    return new HeatOverlay(picture, area, values).drawn();
  }

  private static float[] strengths(Tensor values) {
    float[] strengths = values.toFloatArray();
    float most = 0;
    for (float value : strengths) {
      most = Math.max(most, value);
    }
    for (int i = 0; i < strengths.length; i++) {
      float share = strengths[i] / most;
      strengths[i] = share > 0 ? share : 0;
    }
    return strengths;
  }

  private Picture drawn() {
    byte[] rgb = grey();
    for (int y = 0; y < picture.height(); y++) {
      double down = (y + 0.5 - area.top()) / area.height();
      for (int x = 0; x < picture.width(); x++) {
        double across = (x + 0.5 - area.left()) / area.width();
        if (across >= 0 && across <= 1 && down >= 0 && down <= 1) {
          blend(rgb, (y * picture.width() + x) * 3, strength(across, down));
        }
      }
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  private byte[] grey() {
    byte[] rgb = picture.rgb();
    for (int at = 0; at < rgb.length; at += 3) {
      int luma = ChannelOrder.GREY.sample(rgb, at, 0);
      Arrays.fill(rgb, at, at + 3, (byte) luma);
    }
    return rgb;
  }

  /** Bilinear between the middles of the cells, and as the outermost beyond these. */
  private double strength(double across, double down) {
    double x = Math.max(0, Math.min(width - 1, across * width - 0.5));
    double y = Math.max(0, Math.min(height - 1, down * height - 0.5));
    int left = (int) x;
    int top = (int) y;
    double above = between(top, left, x - left);
    double below = between(Math.min(top + 1, height - 1), left, x - left);
    return above + (below - above) * (y - top);
  }

  private double between(int row, int left, double share) {
    float first = strengths[row * width + left];
    float second = strengths[row * width + Math.min(left + 1, width - 1)];
    return first + (second - first) * share;
  }

  private static void blend(byte[] rgb, int at, double strength) {
    int colour = HeatColour.of(strength);
    double opacity = OPAQUE * strength;
    for (int c = 0; c < 3; c++) {
      int heat = colour >> (16 - 8 * c) & 0xff;
      int sample = rgb[at + c] & 0xff;
      rgb[at + c] = (byte) Math.rint(sample + opacity * (heat - sample));
    }
  }
}
