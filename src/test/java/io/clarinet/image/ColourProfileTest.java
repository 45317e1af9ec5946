package io.clarinet.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColourProfileTest {
  private static final PictureReader READER = new PictureReader();

  /** Saturated, grey, dark and light ones, some outside of sRGB. */
  private static final int[][] COLOURS = {
    {200, 30, 60}, {20, 220, 40}, {90, 60, 230}, {128, 128, 128}, {7, 9, 5}, {250, 240, 220}
  };

  @ParameterizedTest
  @EnumSource(SampleProfiles.class)
  void pngsAreConverted(SampleProfiles profile) throws IOException {
    requireConverted(profile, tagged(profile.bytes()), 2);
  }

  @ParameterizedTest
  @EnumSource(SampleProfiles.class)
  void jpegsAreConverted(SampleProfiles profile) throws IOException {
    byte[] jpeg = withProfile(SamplePictures.encode(colours(), "jpeg"), profile.bytes(), 200);
    requireConverted(profile, jpeg, 12);
  }

  @ParameterizedTest
  @EnumSource(SampleProfiles.class)
  void tiffsAreConverted(SampleProfiles profile) throws IOException {
    ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile.bytes()));
    ComponentColorModel model =
        new ComponentColorModel(space, false, false, 1, DataBuffer.TYPE_BYTE);
    WritableRaster raster = Raster.createInterleavedRaster(0, 16 * COLOURS.length, 16, 3, null);
    raster.setRect(colours().getRaster());
    BufferedImage image = new BufferedImage(model, raster, false, null);
    requireConverted(profile, SamplePictures.encode(image, "tiff"), 2);
  }

  @ParameterizedTest
  @EnumSource(SampleProfiles.class)
  void webpsAreConverted(SampleProfiles profile) throws IOException {
    byte[] plain = SampleWebps.lossless();
    byte[] tagged = SampleWebps.extended(plain, 37, 29, profile.bytes(), new byte[0]);
    Picture stored = READER.read("a", plain);
    Picture meant = READER.read("a", tagged);
    double[] right = profile.toSrgb(colour(stored, 30, 20));
    for (int c = 0; c < 3; c++) {
      assertThat(meant.sample(30, 20, c)).isCloseTo((int) right[c], Offset.offset(2));
    }
  }

  private static int[] colour(Picture picture, int x, int y) {
    return new int[] {picture.sample(x, y, 0), picture.sample(x, y, 1), picture.sample(x, y, 2)};
  }

  private static void requireConverted(SampleProfiles profile, byte[] file, int levels)
      throws IOException {
    Picture read = READER.read("a", file);
    for (int i = 0; i < COLOURS.length; i++) {
      double[] right = profile.toSrgb(COLOURS[i]);
      for (int c = 0; c < 3; c++) {
        assertThat((double) read.sample(16 * i + 8, 8, c))
            .as("channel %d of colour %d", c, i)
            .isCloseTo(right[c], Offset.offset((double) levels));
      }
    }
  }

  @Test
  void srgbIsLeftAsItIs() throws IOException {
    byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    assertThat(READER.read("a", tagged(srgb)).rgb()).isEqualTo(Picture.of(colours()).rgb());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 17, 128, 131, 300, 420})
  void aProfileThatIsCutOffIsPassedOver(int length) throws IOException {
    byte[] cut = Arrays.copyOf(SampleProfiles.ADOBE_RGB.bytes(), length);
    assertThat(READER.read("a", tagged(cut)).width()).isEqualTo(16 * COLOURS.length);
  }

  @Test
  void aProfileOfGreyIsPassedOver() throws IOException {
    byte[] grey = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    assertThat(READER.read("a", tagged(grey)).rgb()).isEqualTo(Picture.of(colours()).rgb());
  }

  @Test
  void aJpegWithoutOnePartOfItsProfileKeepsItsColours() throws IOException {
    byte[] jpeg = SamplePictures.encode(colours(), "jpeg");
    byte[] part = withPart(jpeg, SampleProfiles.WIDE.bytes(), 1, 2);
    assertThat(READER.read("a", part).rgb()).isEqualTo(READER.read("a", jpeg).rgb());
  }

  @Test
  void aProfileThatInflatesWithoutEndIsPassedOver() throws IOException {
    assertThat(READER.read("a", tagged(new byte[5 << 20])).width()).isEqualTo(16 * COLOURS.length);
  }

  private static BufferedImage colours() {
    BufferedImage image = new BufferedImage(16 * COLOURS.length, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < 16; y++) {
        image.getRaster().setPixel(x, y, COLOURS[x / 16]);
      }
    }
    return image;
  }

  private static byte[] tagged(byte[] profile) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes("name\0\0".getBytes(ISO_8859_1));
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(chunk)) {
      deflated.write(profile);
    }
    byte[] png = SamplePictures.encode(colours(), "png");
    return SamplePictures.withChunk(png, "iCCP", chunk.toByteArray());
  }

  /** In parts of so many bytes. */
  private static byte[] withProfile(byte[] jpeg, byte[] profile, int bytes) {
    int count = (profile.length + bytes - 1) / bytes;
    byte[] file = jpeg;
    for (int i = 0; i < count; i++) {
      int end = Math.min(profile.length, (i + 1) * bytes);
      file = withPart(file, Arrays.copyOfRange(profile, i * bytes, end), i + 1, count);
    }
    return file;
  }

  private static byte[] withPart(byte[] jpeg, byte[] part, int number, int count) {
    ByteBuffer segment = ByteBuffer.allocate(18 + part.length);
    segment.putShort((short) 0xffe2).putShort((short) (16 + part.length));
    segment.put("ICC_PROFILE\0".getBytes(ISO_8859_1)).put((byte) number).put((byte) count);
    return SamplePictures.withSegment(jpeg, segment.put(part).array());
  }
}
