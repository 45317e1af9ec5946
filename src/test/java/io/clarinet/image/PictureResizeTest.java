package io.clarinet.image;

import static io.clarinet.image.ResizeFilter.BICUBIC;
import static io.clarinet.image.ResizeFilter.BILINEAR;
import static io.clarinet.image.Rounding.NEAREST;
import static io.clarinet.image.Rounding.TORCHVISION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureResizeTest {
  @Test
  void theSameSizeIsTheSamePicture() {
    Picture picture = SamplePictures.noise(31, 17, 1);
    assertThat(PictureResize.exact(picture, 31, 17).rgb()).isEqualTo(picture.rgb());
  }

  /** Four pixels to two: the triangle reaches two pixels, weights 3/8, 3/8, 1/8 at the edge … */
  @Test
  void halvingWeighsWithATriangle() {
    Picture row = grey(4, 1, 0, 80, 160, 240);
    // left: centre 1, distances .5 .5 1.5 -> weights .75 .75 .25 -> (60 + 40) / 1.75
    assertThat(samples(PictureResize.exact(row, 2, 1))).containsExactly(57, 183);
  }

  /** Two pixels to four: centres at 0.25, 0.75, 1.25 and 1.75, so a quarter of the neighbour. */
  @Test
  void doublingInterpolates() {
    assertThat(samples(PictureResize.exact(grey(2, 1, 0, 100), 4, 1)))
        .containsExactly(0, 25, 75, 100);
    assertThat(samples(PictureResize.exact(grey(1, 2, 0, 100), 1, 4)))
        .containsExactly(0, 25, 75, 100);
  }

  /** Horizontally (1+2)/2 = 1.5 and (1+1)/2 = 1 become 2 and 1; then 1.5 becomes 2. */
  @Test
  void roundsBetweenThePasses() {
    assertThat(samples(PictureResize.exact(grey(2, 2, 1, 2, 1, 1), 1, 1))).containsExactly(2);
  }

  /** As Pillow 12.3 gives for {@code Image.resize(size, BICUBIC)}, beyond black and white too. */
  @Test
  void aCubicIsPillows() {
    assertThat(bicubic(grey(4, 1, 0, 80, 160, 240), 2, 1)).containsExactly(47, 193);
    assertThat(bicubic(grey(2, 1, 0, 100), 4, 1)).containsExactly(0, 21, 79, 109);
    Picture sharp = grey(6, 1, 0, 255, 0, 255, 255, 0);
    assertThat(bicubic(sharp, 9, 1)).containsExactly(0, 135, 236, 19, 112, 255, 255, 120, 0);
    assertThat(bicubic(sharp, 4, 1)).containsExactly(98, 107, 243, 90);
    int[] samples = new int[13 * 11];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (i * i * 31 + i * 17) % 256;
    }
    assertThat(bicubic(grey(13, 11, samples), 7, 5))
        .startsWith(77, 98, 79, 162, 116, 119, 87, 141, 138, 157)
        .endsWith(150, 108, 133, 189, 176, 138, 125, 176, 117);
    assertThat(bicubic(grey(13, 11, samples), 20, 3))
        .startsWith(112, 100, 94, 125, 122, 106, 125, 118, 97, 124)
        .endsWith(94, 115, 191, 181, 148, 121, 110, 107);
  }

  private static int[] bicubic(Picture picture, int width, int height) {
    return samples(PictureResize.exact(picture, width, height, BICUBIC));
  }

  @Test
  void theShorterSideDecides() {
    assertThat(PictureResize.shorterSide(SamplePictures.noise(500, 375, 1), 256, NEAREST))
        .hasToString("picture 341x256");
    assertThat(PictureResize.shorterSide(SamplePictures.noise(375, 500, 1), 256, NEAREST))
        .hasToString("picture 256x341");
    assertThat(PictureResize.shorterSide(SamplePictures.noise(40, 40, 1), 256, NEAREST))
        .hasToString("picture 256x256");
  }

  /**
   * torchvision 0.20 on pictures of these sizes: {@code Resize(256)} gives {@code int(256 * long /
   * short)}, {@code CenterCrop(224)} starts at {@code int(round((extent - 224) / 2.0))}.
   */
  @ParameterizedTest
  @CsvSource({
    "500, 375, 341, 256, 58, 16", // 341.33; 58.5 to even
    "375, 499, 256, 340, 16, 58", // 340.65
    "500, 333, 384, 256, 80, 16", // 384.38
    "500, 374, 342, 256, 59, 16", // 342.25
    "500, 373, 343, 256, 60, 16", // 343.16; 59.5 to even
    "640, 427, 383, 256, 80, 16", // 383.70; 79.5 to even
    "600, 300, 512, 256, 144, 16",
    "256, 256, 256, 256, 16, 16"
  })
  void torchvisionRoundsInItsOwnWay(
      int width, int height, int fullWidth, int fullHeight, int left, int top) {
    Picture picture = SamplePictures.noise(width, height, 1);
    Picture whole = PictureResize.shorterSide(picture, 256, TORCHVISION);
    assertThat(whole).hasToString("picture " + fullWidth + "x" + fullHeight);
    Picture seen = Preprocess.TORCH.resized(picture, 224, 224);
    for (int at : new int[] {0, 100, 223}) {
      for (int c = 0; c < 3; c++) {
        assertThat(seen.sample(at, 3, c)).isEqualTo(whole.sample(left + at, top + 3, c));
        assertThat(seen.sample(3, at, c)).isEqualTo(whole.sample(left + 3, top + at, c));
      }
    }
  }

  @Test
  void croppingComputesTheSameSamplesAsTheWhole() {
    Picture picture = SamplePictures.noise(97, 61, 1);
    Picture whole = PictureResize.shorterSide(picture, 40, NEAREST);
    Picture crop = PictureResize.coverAndCrop(picture, 40, 40, 33, 22, NEAREST, BILINEAR);
    assertThat(whole).hasToString("picture 64x40");
    assertThat(crop.rgb()).isEqualTo(PictureResize.centreCrop(whole, 33, 22, NEAREST).rgb());
    assertThat(crop.sample(0, 0, 1)).isEqualTo(whole.sample(15, 9, 1));
  }

  @Test
  void anExtremeStripCostsOnlyItsCrop() {
    Picture strip = SamplePictures.noise(1, 60_000, 1);
    assertThat(PictureResize.coverAndCrop(strip, 256, 256, 224, 224, TORCHVISION, BILINEAR))
        .hasToString("picture 224x224");
  }

  @Test
  void cropsBeyondThePictureAreRefused() {
    Picture picture = SamplePictures.noise(10, 10, 1);
    assertThatThrownBy(() -> PictureResize.centreCrop(picture, 11, 10, NEAREST))
        .hasMessage("cannot crop 11 of 10 pixels");
    assertThatThrownBy(() -> PictureResize.exact(picture, 0, 3)).hasMessage("cannot resize to 0x3");
  }

  private static Picture grey(int width, int height, int... values) {
    byte[] rgb = new byte[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return Picture.ofRgb(width, height, rgb);
  }

  private static int[] samples(Picture picture) {
    byte[] rgb = picture.rgb();
    int[] values = new int[rgb.length / 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[3 * i] & 0xff;
    }
    return values;
  }
}
