package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.image.ImageException.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  private static final PictureReader READER = new PictureReader();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"png,0", "bmp,0", "jpeg,2.5"})
  void decodesEachFormat(String format, double tolerance) throws IOException {
    BufferedImage image = SamplePictures.gradient(37, 23, BufferedImage.TYPE_3BYTE_BGR);
    Picture read = READER.read("a", SamplePictures.encode(image, format));
    assertThat(SamplePictures.difference(read, Picture.read(image))).isLessThanOrEqualTo(tolerance);
    assertThat(read.sample(36, 0, 0)).as("red, top right").isGreaterThan(240);
    assertThat(read.sample(0, 22, 1)).as("green, bottom left").isGreaterThan(240);
  }

  @Test
  void decodesProgressiveJpeg() throws IOException {
    BufferedImage image = SamplePictures.gradient(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    byte[] file =
        SamplePictures.encode(
            new IIOImage(image, null, null),
            "jpeg",
            p -> p.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
    assertThat(SamplePictures.difference(READER.read("a", file), Picture.read(image)))
        .isLessThan(2.5);
  }

  @Test
  void greyStaysAsBrightAsItIsStored() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    for (int i = 0; i < 256; i++) {
      raster.setSample(i % 16, i / 16, 0, 100);
    }
    for (String format : new String[] {"png", "bmp", "jpeg"}) {
      Picture read = READER.read("a", SamplePictures.encode(image, format));
      assertThat(read.sample(3, 3, 0)).as(format).isEqualTo(100);
      assertThat(read.sample(3, 3, 2)).as(format).isEqualTo(100);
    }
  }

  @Test
  void sixteenBitSamplesKeepTheirHighByte() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0x12ff);
    image.getRaster().setSample(1, 0, 0, 0xff00);
    Picture read = READER.read("a", SamplePictures.encode(image, "png"));
    assertThat(read.sample(0, 0, 1)).isEqualTo(0x12);
    assertThat(read.sample(1, 0, 1)).isEqualTo(0xff);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif"})
  void palettesAreLookedUp(String format) throws IOException {
    byte[] red = {10, (byte) 250};
    byte[] green = {20, 99};
    byte[] blue = {30, 0};
    var palette = new IndexColorModel(1, 2, red, green, blue);
    BufferedImage image = new BufferedImage(5, 6, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(4, 2, 0, 1);
    Picture read = READER.read("a", SamplePictures.encode(image, format));
    assertThat(new int[] {read.sample(0, 0, 0), read.sample(0, 0, 1), read.sample(0, 0, 2)})
        .containsExactly(10, 20, 30);
    assertThat(new int[] {read.sample(4, 2, 0), read.sample(4, 2, 1), read.sample(4, 2, 2)})
        .containsExactly(250, 99, 0);
  }

  @Test
  void transparencyIsDropped() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 0, 0x00c86432);
    Picture read = READER.read("a", SamplePictures.encode(image, "png"));
    assertThat(new int[] {read.sample(1, 0, 0), read.sample(1, 0, 1), read.sample(1, 0, 2)})
        .containsExactly(200, 100, 50);
  }

  @Test
  void packedPixelsGiveTheSameSamples() throws IOException {
    Picture expected = Picture.read(SamplePictures.gradient(9, 7, BufferedImage.TYPE_INT_RGB));
    for (int type :
        new int[] {
          BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_BGR, BufferedImage.TYPE_INT_ARGB_PRE
        }) {
      assertThat(Picture.read(SamplePictures.gradient(9, 7, type)).rgb()).isEqualTo(expected.rgb());
    }
  }

  /** Photoshop stores CMYK inverted, 255 for no ink, and says so by an APP14 segment. */
  @ParameterizedTest
  @CsvSource({"255,0,0,255, 255,0,0", "255,255,255,0, 0,0,0", "0,255,255,255, 0,255,255"})
  void decodesCmykJpeg(int c, int m, int y, int k, int r, int g, int b) throws IOException {
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      inks.setPixel(i % 16, i / 16, new int[] {c, m, y, k});
    }
    byte[] adobe = {-1, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    Picture read =
        READER.read("a", SamplePictures.withSegment(SamplePictures.encode(inks, "jpeg"), adobe));
    assertThat(read.sample(8, 8, 0)).isCloseTo(r, Offset.offset(40));
    assertThat(read.sample(8, 8, 1)).isCloseTo(g, Offset.offset(40));
    assertThat(read.sample(8, 8, 2)).isCloseTo(b, Offset.offset(40));
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    assertFails(folder.resolve("none.jpg"), Kind.NOT_FOUND, "no such file");
    assertFails(folder, Kind.UNREADABLE, "is a folder");
  }

  @ParameterizedTest
  @CsvSource({"'',it is empty", "'I am not a photo',not a picture"})
  void textIsNoPicture(String text, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("photo.jpg"), text);
    assertFails(file, Kind.INVALID, reason);
  }

  private static void assertFails(Path file, Kind kind, String reason) {
    assertThatThrownBy(() -> READER.read(file))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(((ImageException) e).kind()).isEqualTo(kind));
  }

  @Test
  void tooManyPixelsAreRefusedFromTheHeader() throws IOException {
    byte[] png = SamplePictures.encode(new BufferedImage(100, 50, 1), "png");
    assertThat(new PictureReader(5000).read("a", png).width()).isEqualTo(100);
    assertThatThrownBy(() -> new PictureReader(4999).read("bomb.png", png))
        .isInstanceOf(ImageException.class)
        .hasMessage("bomb.png: 100x50 pixels are more than the limit of 4999");
  }

  @Test
  void aHeaderThatClaimsHugeExtentsIsRefused() throws IOException {
    byte[] gif = SamplePictures.encode(new BufferedImage(8, 8, 1), "gif");
    byte[] bmp = SamplePictures.encode(new BufferedImage(8, 8, 1), "bmp");
    for (int i = 18; i < 26; i++) {
      bmp[i] = (byte) (i % 4 == 1 ? 0x7f : 0xff);
    }
    int descriptor = indexOf(gif, (byte) ',') + 5;
    for (int i = 0; i < 4; i++) {
      gif[descriptor + i] = (byte) 0xff;
    }
    for (byte[] file : new byte[][] {gif, bmp}) {
      assertThatThrownBy(() -> READER.read("a", file)).isInstanceOf(ImageException.class);
    }
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    int at = 0;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  @Test
  void zeroExtentsAreRefused() throws IOException {
    byte[] jpeg = SamplePictures.encode(new BufferedImage(8, 8, 1), "jpeg");
    int frame = 0;
    while ((jpeg[frame] & 0xff) != 0xff || (jpeg[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    jpeg[frame + 5] = jpeg[frame + 6] = jpeg[frame + 7] = jpeg[frame + 8] = 0;
    assertThatThrownBy(() -> READER.read("zero.jpg", jpeg)).isInstanceOf(ImageException.class);
    byte[] bmp = SamplePictures.encode(new BufferedImage(8, 8, 1), "bmp");
    bmp[18] = bmp[22] = 0;
    assertThatThrownBy(() -> READER.read("zero.bmp", bmp)).isInstanceOf(ImageException.class);
  }
}
