package io.clarinet.train;

import java.awt.image.BufferedImage;

/** Turns a canvas into the 32×32 picture: shrinks, blurs, coarsens and adds noise by chance. */
final class Camera {
  private static final int SIZE = Ranges.SIZE;
  private static final int PLANE = SIZE * SIZE;

  private Camera() {}

  /** The picture's bytes, [3][32][32] (red, green, blue). */
  static byte[] shoot(BufferedImage canvas, boolean pure, Chance chance) {
    float[][] planes = shrink(canvas);
    double blur = chance.of(Ranges.BLURRED) ? chance.between(0.2, Ranges.BLUR_MOST) : 0;
    int coarse =
        chance.of(Ranges.COARSE)
            ? Ranges.COARSE_LEAST + chance.below(SIZE - Ranges.COARSE_LEAST)
            : SIZE;
    double noise =
        !pure && chance.of(Ranges.NOISY) ? chance.between(0, Ranges.NOISE_MOST) * 255 : 0;
    boolean grain = chance.of(0.5);
    byte[] pixels = new byte[3 * PLANE];
    float[] shared = noise(grain ? noise : 0, chance);
    for (int c = 0; c < 3; c++) {
      float[] plane = resample(resample(blurred(planes[c], blur), SIZE, coarse), coarse, SIZE);
      float[] own = grain ? shared : noise(noise, chance);
      for (int i = 0; i < PLANE; i++) {
        pixels[c * PLANE + i] = (byte) Math.max(0, Math.min(255, Math.round(plane[i] + own[i])));
      }
    }
    return pixels;
  }

  private static float[] noise(double deviation, Chance chance) {
    float[] noise = new float[PLANE];
    if (deviation > 0) {
      for (int i = 0; i < PLANE; i++) {
        noise[i] = (float) chance.normal(deviation);
      }
    }
    return noise;
  }

  private static float[][] shrink(BufferedImage canvas) {
    int factor = Ranges.SUPERSAMPLING;
    float[][] planes = new float[3][PLANE];
    int[] rgb =
        canvas.getRGB(0, 0, canvas.getWidth(), canvas.getHeight(), null, 0, canvas.getWidth());
    for (int i = 0; i < rgb.length; i++) {
      int at = i / canvas.getWidth() / factor * SIZE + i % canvas.getWidth() / factor;
      for (int c = 0; c < 3; c++) {
        planes[c][at] += (rgb[i] >> (16 - 8 * c) & 255) / (float) (factor * factor);
      }
    }
    return planes;
  }

  /** Gaussian blur by two passes of a five-tap kernel; edges repeat. */
  private static float[] blurred(float[] plane, double sigma) {
    if (sigma == 0) {
      return plane;
    }
    double near = Math.exp(-1 / (2 * sigma * sigma));
    double far = Math.exp(-4 / (2 * sigma * sigma));
    double sum = 1 + 2 * near + 2 * far;
    float[] kernel = {
      (float) (far / sum),
      (float) (near / sum),
      (float) (1 / sum),
      (float) (near / sum),
      (float) (far / sum)
    };
    return filtered(filtered(plane, kernel, 1), kernel, SIZE);
  }

  private static float[] filtered(float[] plane, float[] kernel, int stride) {
    float[] out = new float[PLANE];
    for (int i = 0; i < PLANE; i++) {
      int along = i / stride % SIZE;
      for (int k = 0; k < kernel.length; k++) {
        int to = Math.max(0, Math.min(SIZE - 1, along + k - kernel.length / 2));
        out[i] += kernel[k] * plane[i + (to - along) * stride];
      }
    }
    return out;
  }

  /** Bilinear resampling of a square plane, sample centres aligned. */
  private static float[] resample(float[] plane, int from, int to) {
    if (from == to) {
      return plane;
    }
    float[] out = new float[to * to];
    for (int y = 0; y < to; y++) {
      float sy = source(y, from, to);
      int y0 = (int) sy;
      int y1 = Math.min(from - 1, y0 + 1);
      for (int x = 0; x < to; x++) {
        float sx = source(x, from, to);
        int x0 = (int) sx;
        int x1 = Math.min(from - 1, x0 + 1);
        float top = lerp(plane[y0 * from + x0], plane[y0 * from + x1], sx - x0);
        float bottom = lerp(plane[y1 * from + x0], plane[y1 * from + x1], sx - x0);
        out[y * to + x] = lerp(top, bottom, sy - y0);
      }
    }
    return out;
  }

  private static float source(int i, int from, int to) {
    return Math.max(0, Math.min(from - 1, (i + 0.5f) * from / to - 0.5f));
  }

  private static float lerp(float a, float b, float t) {
    return a + (b - a) * t;
  }
}
