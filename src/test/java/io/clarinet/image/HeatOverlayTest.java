package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps lie where the network looked, in colours whose steps look even. */
class HeatOverlayTest {

  /** Red grows to the right, green downwards, by one each pixel. */
  private static Picture ramps(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (i % width);
      rgb[3 * i + 1] = (byte) (i / width);
    }
    return Picture.ofRgb(width, height, rgb);
  }

  /** A pixel of the prepared picture has the colour of the place that the area tells for it. */
  @ParameterizedTest
  @CsvSource({
    "251, 163, torch, 33, 33",
    "163, 251, 'torch,resize=232', 47, 47",
    "201, 150, caffe, 31, 31",
    "150, 203, caffe, 45, 61",
    "97, 240, tf, 32, 48",
    "240, 240, 'torch,resize=224', 28, 28"
  })
  void theAreaIsWhereThePreparedPictureComesFrom(
      int width, int height, String syntax, int rows, int columns) {
    Preprocess preprocess = Preprocess.parse(syntax);
    Picture picture = ramps(width, height);
    Picture seen = preprocess.resized(picture, rows, columns);
    PictureArea area = preprocess.area(picture, rows, columns);
    for (int y = 2; y < rows - 2; y++) {
      for (int x = 2; x < columns - 2; x++) {
        double across = area.left() + (x + 0.5) * area.width() / columns - 0.5;
        double down = area.top() + (y + 0.5) * area.height() / rows - 0.5;
        assertThat((double) seen.sample(x, y, 0)).isCloseTo(across, Offset.offset(1.01));
        assertThat((double) seen.sample(x, y, 1)).isCloseTo(down, Offset.offset(1.01));
      }
    }
  }

  /** One hot cell of 3x2, in the right half of a picture. */
  @Test
  void theStrongestPlaceIsTheMiddleOfItsCell() {
    Picture grey = filled(60, 20, 100);
    Tensor values = Tensor.of(Shape.of(2, 3), -1, 0, -5, -1, 0, 7);
    Picture drawn = HeatOverlay.of(grey, new PictureArea(30, 0, 30, 20), values);
    int most = 0;
    int atX = 0;
    int atY = 0;
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 60; x++) {
        if (x < 45 || y < 5) {
          assertThat(drawn.sample(x, y, 2)).as("%d, %d", x, y).isEqualTo(100);
        }
        if (drawn.sample(x, y, 1) > most) {
          most = drawn.sample(x, y, 1);
          atX = x;
          atY = y;
        }
      }
    }
    assertThat(most).isGreaterThan(180);
    assertThat(atX).isBetween(54, 55);
    assertThat(atY).isBetween(14, 15);
  }

  @ParameterizedTest
  @CsvSource({"-1, -2", "0, 0", "NaN, -1", "-Infinity, 0"})
  void whereNothingSpeaksForAClassNothingIsDrawn(float first, float second) {
    Picture picture = ramps(9, 7);
    Picture drawn =
        HeatOverlay.of(
            picture, new PictureArea(0, 0, 9, 7), Tensor.of(Shape.of(1, 2), first, second));
    for (int i = 0; i < 63; i++) {
      int luma = ChannelOrder.GREY.sample(picture.shared(), 3 * i, 0);
      assertThat(drawn.sample(i % 9, i / 9, 0)).isEqualTo(luma);
      assertThat(drawn.sample(i % 9, i / 9, 2)).isEqualTo(luma);
    }
  }

  private static Picture filled(int width, int height, int sample) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) sample);
    return Picture.ofRgb(width, height, rgb);
  }

  /** Steps of a sixteenth are within a tenth of their average, and lighter each. */
  @Test
  void equalStepsOfStrengthLookEquallyFarApart() {
    double[] steps = new double[16];
    for (int i = 0; i < 16; i++) {
      double[] from = lab(HeatColour.of(i / 16.0));
      double[] to = lab(HeatColour.of((i + 1) / 16.0));
      assertThat(to[0]).isGreaterThan(from[0]);
      steps[i] = Math.hypot(to[0] - from[0], Math.hypot(to[1] - from[1], to[2] - from[2]));
    }
    double average = Arrays.stream(steps).average().orElseThrow();
    for (double step : steps) {
      assertThat(step).isCloseTo(average, Offset.offset(average / 10));
    }
  }

  /** OKLab from sRGB, by the inverses of its author's matrices. */
  private static double[] lab(int rgb) {
    double r = linear(rgb >> 16 & 0xff);
    double g = linear(rgb >> 8 & 0xff);
    double b = linear(rgb & 0xff);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static double linear(int sample) {
    double v = sample / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  @Test
  void aPngHoldsThePicture() throws IOException {
    Picture picture = ramps(31, 17);
    assertThat(Picture.read(picture.png()).rgb()).isEqualTo(picture.rgb());
  }
}
