package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedPictureTest {
  private static final PictureReader READER = new PictureReader(1_000_000);

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp", "gif", "tiff", "webp"})
  void cutAnywhereIsAnError(String format) throws IOException {
    byte[] whole = file(format);
    for (int length = 0; length < whole.length - 3; length += 1 + whole.length / 97) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> READER.read("cut", cut))
          .as("%s cut to %d of %d bytes", format, length, whole.length)
          .isInstanceOf(ImageException.class)
          .hasMessageStartingWith("cut: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp", "gif", "tiff", "webp"})
  void changedBytesNeverThrowAnythingElse(String format) throws IOException {
    byte[] whole = file(format);
    Random random = Fresh.random();
    for (int i = 0; i < 400; i++) {
      byte[] changed = whole.clone();
      for (int k = random.nextInt(8); k >= 0; k--) {
        int spread = random.nextBoolean() ? whole.length : 64;
        changed[random.nextInt(spread)] = (byte) random.nextInt();
      }
      readOrRefuse(changed, "round " + i);
    }
  }

  private static void readOrRefuse(byte[] file, String round) {
    try {
      assertThat(READER.read("changed", file).width()).as(round).isPositive();
    } catch (ImageException e) {
      assertThat(e).as(round).hasMessageStartingWith("changed: ");
    }
  }

  @Test
  void aWrongPngChecksumIsDamage() throws IOException {
    byte[] png = file("png");
    png[png.length / 2] ^= 1;
    assertThatThrownBy(() -> READER.read("a.png", png))
        .hasMessage("a.png: damaged PNG file (wrong checksum in chunk IDAT)");
  }

  @Test
  void strayBytesAfterAJpegAreNoDamage() throws IOException {
    byte[] jpeg = file("jpeg");
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 100);
    assertThat(READER.read("a", longer).rgb()).isEqualTo(READER.read("a", jpeg).rgb());
  }

  private static byte[] file(String format) throws IOException {
    if (format.equals("webp")) {
      return SampleWebps.lossy();
    }
    BufferedImage image = new BufferedImage(61, 47, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(3);
    for (int i = 0; i < 61 * 47; i++) {
      image.setRGB(i % 61, i / 61, random.nextInt());
    }
    return SamplePictures.encode(image, format);
  }
}
