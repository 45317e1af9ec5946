package io.clarinet.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Colour profiles of three primaries and one exponent, written byte by byte (ICC.1:2022). */
enum SampleProfiles {
  /** Adobe RGB (1998), section 4.3: the exponent 2 + 51/256. Primaries adapted to D50. */
  ADOBE_RGB(
      2 + 51.0 / 256,
      new double[][] {
        {0.60974, 0.20528, 0.14919}, {0.31111, 0.62567, 0.06322}, {0.01947, 0.06087, 0.74457}
      }),

  /** The primaries of Display P3, adapted to D50, with a plain exponent. */
  WIDE(
      2.2,
      new double[][] {
        {0.51512, 0.29198, 0.15710}, {0.24120, 0.69225, 0.06657}, {-0.00105, 0.04189, 0.78407}
      });

  /** XYZ of D50 to linear sRGB, the inverse of sRGB's primaries adapted to D50. */
  private static final double[][] TO_SRGB = {
    {3.1338561, -1.6168667, -0.4906146},
    {-0.9787684, 1.9161415, 0.0334540},
    {0.0719453, -0.2289914, 1.4052427}
  };

  private final double exponent;
  private final double[][] primaries;

  SampleProfiles(double exponent, double[][] primaries) {
    this.exponent = exponent;
    this.primaries = primaries;
  }

  /** What a colour is in sRGB, by the definitions, not rounded. */
  double[] toSrgb(int... rgb) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      linear[i] = Math.pow(rgb[i] / 255.0, exponent);
    }
    double[] srgb = product(TO_SRGB, product(primaries, linear));
    for (int i = 0; i < 3; i++) {
      double x = Math.min(1, Math.max(0, srgb[i]));
      srgb[i] = 255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055);
    }
    return srgb;
  }

  private static double[] product(double[][] matrix, double[] x) {
    double[] y = new double[3];
    for (int i = 0; i < 3; i++) {
      y[i] = matrix[i][0] * x[0] + matrix[i][1] * x[1] + matrix[i][2] * x[2];
    }
    return y;
  }

  /** The profile. */
  byte[] bytes() {
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("desc", text());
    tags.put("wtpt", xyz(0.9642, 1, 0.8249));
    String[] colours = {"r", "g", "b"};
    for (int i = 0; i < 3; i++) {
      tags.put(colours[i] + "XYZ", xyz(primaries[0][i], primaries[1][i], primaries[2][i]));
      tags.put(colours[i] + "TRC", curve());
    }
    return file(tags);
  }

  private static byte[] file(Map<String, byte[]> tags) {
    int at = 128 + 4 + 12 * tags.size();
    int size = at + tags.values().stream().mapToInt(data -> data.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size).putInt(size);
    out.putInt(8, 0x02400000).put(12, "mntrRGB XYZ ".getBytes(ISO_8859_1));
    out.putShort(24, (short) 2026).putShort(26, (short) 1).putShort(28, (short) 1);
    out.put(36, "acsp".getBytes(ISO_8859_1)).putInt(68, fixed(0.9642));
    out.putInt(72, fixed(1)).putInt(76, fixed(0.8249)).position(128).putInt(tags.size());
    for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
      out.put(tag.getKey().getBytes(ISO_8859_1)).putInt(at).putInt(tag.getValue().length);
      out.put(at, tag.getValue());
      at += tag.getValue().length;
    }
    return out.array();
  }

  private static int fixed(double value) {
    return (int) Math.round(value * 65536);
  }

  private static byte[] xyz(double x, double y, double z) {
    ByteBuffer out = ByteBuffer.allocate(20).put("XYZ \0\0\0\0".getBytes(ISO_8859_1));
    return out.putInt(fixed(x)).putInt(fixed(y)).putInt(fixed(z)).array();
  }

  private byte[] curve() {
    ByteBuffer out = ByteBuffer.allocate(16).put("curv\0\0\0\0".getBytes(ISO_8859_1)).putInt(1);
    return out.putShort((short) Math.round(exponent * 256)).array();
  }

  private byte[] text() {
    ByteBuffer out = ByteBuffer.allocate(104).put("desc\0\0\0\0".getBytes(ISO_8859_1));
    return out.putInt(name().length() + 1).put(name().getBytes(ISO_8859_1)).array();
  }
}
