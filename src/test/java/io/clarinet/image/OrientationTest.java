package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  /** Where the stored top left corner lies once upright, by the EXIF standard's table. */
  @ParameterizedTest
  @CsvSource({
    "1,32,16,left,top", "2,32,16,right,top", "3,32,16,right,bottom", "4,32,16,left,bottom",
    "5,16,32,left,top", "6,16,32,right,top", "7,16,32,right,bottom", "8,16,32,left,bottom",
    "0,32,16,left,top", "9,32,16,left,top"
  })
  void exifTurnsThePictureUpright(int tag, int width, int height, String x, String y)
      throws IOException {
    Picture picture = new PictureReader().read("a.jpg", withOrientation(corner(), tag));
    assertThat(picture).hasToString("picture " + width + "x" + height);
    int cornerX = x.equals("left") ? 2 : width - 3;
    int cornerY = y.equals("top") ? 2 : height - 3;
    assertThat(picture.sample(cornerX, cornerY, 0)).isGreaterThan(200);
    assertThat(picture.sample(width - 1 - cornerX, cornerY, 0)).isLessThan(50);
    assertThat(picture.sample(cornerX, height - 1 - cornerY, 0)).isLessThan(50);
  }

  /** The same photograph as a PNG with an eXIf chunk and as a JPEG. */
  @Test
  void pngsAreTurnedAsJpegsAre() throws IOException {
    Path folder = Path.of("src/test/resources/faults/pictures");
    Picture png = Picture.read(folder.resolve("exif6.png"));
    Picture jpeg = Picture.read(folder.resolve("exif6.jpg"));
    assertThat(png).hasToString("picture 48x64");
    assertThat(SamplePictures.difference(png, jpeg)).isLessThan(4);
  }

  @ParameterizedTest
  @CsvSource({
    "MM002a, 1, picture 8x4", "MM002a, 3, picture 8x4", "MM002a, 8, picture 4x8",
    "MM002a, 9, picture 8x4", "XX002a, 6, picture 8x4", "MM, 6, picture 8x4"
  })
  void aPngsExifIsPassedOverWhereItMakesNoSense(String header, int tag, String expected)
      throws IOException {
    byte[] png = SamplePictures.encode(new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer tiff = ByteBuffer.allocate(26);
    tiff.put(header.replace("002a", "\0*").getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    tiff.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    tiff.putShort((short) tag);
    assertThat(
            new PictureReader().read("a.png", SamplePictures.withChunk(png, "eXIf", tiff.array())))
        .hasToString(expected);
  }

  @Test
  void mirroringOnTheDiagonalSwapsTheCorners() {
    Picture stored = SamplePictures.noise(5, 3, 1);
    Picture transposed = Orientation.ofTag(5).upright(stored);
    Picture transversed = Orientation.ofTag(7).upright(stored);
    for (int x = 0; x < 5; x++) {
      for (int y = 0; y < 3; y++) {
        assertThat(transposed.sample(y, x, 2)).isEqualTo(stored.sample(x, y, 2));
        assertThat(transversed.sample(2 - y, 4 - x, 1)).isEqualTo(stored.sample(x, y, 1));
      }
    }
  }

  @Test
  void turningByAQuarterIsClockwiseForSix() {
    Picture stored = SamplePictures.noise(4, 3, 2);
    Picture six = Orientation.ofTag(6).upright(stored);
    Picture eight = Orientation.ofTag(8).upright(stored);
    for (int x = 0; x < 4; x++) {
      for (int y = 0; y < 3; y++) {
        assertThat(six.sample(2 - y, x, 0)).isEqualTo(stored.sample(x, y, 0));
        assertThat(eight.sample(y, 3 - x, 0)).isEqualTo(stored.sample(x, y, 0));
      }
    }
  }

  private static byte[] corner() throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, 0xffffff);
    }
    return SamplePictures.encode(image, "jpeg");
  }

  /** Inserts an APP1 segment whose first directory has the one tag 0x0112. */
  private static byte[] withOrientation(byte[] jpeg, int tag) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1).putShort((short) 34);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    exif.putShort((short) tag).putShort((short) 0).putInt(0);
    return SamplePictures.withSegment(jpeg, exif.array());
  }
}
