package io.clarinet.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebpAndTiffTest {
  private static final PictureReader READER = new PictureReader();
  private static final Picture GRADIENT =
      Picture.of(SamplePictures.gradient(37, 29, BufferedImage.TYPE_3BYTE_BGR));

  @Test
  void aLosslessWebpIsExact() throws IOException {
    assertThat(READER.read("a", SampleWebps.lossless()).rgb()).isEqualTo(GRADIENT.rgb());
  }

  @Test
  void aLossyWebpIsClose() throws IOException {
    Picture read = READER.read("a", SampleWebps.lossy());
    assertThat(SamplePictures.difference(read, GRADIENT)).isLessThan(4);
  }

  @Test
  void theGivenWebpHasItsSize() throws IOException {
    assertThat(Picture.read(Path.of("src/test/resources/faults/pictures/plain.webp")))
        .hasToString("picture 64x48");
  }

  @ParameterizedTest
  @CsvSource({"1, picture 37x29", "6, picture 29x37", "8, picture 29x37", "77, picture 37x29"})
  void aWebpIsTurnedUpright(int tag, String expected) throws IOException {
    byte[] webp = SampleWebps.extended(SampleWebps.lossless(), 37, 29, new byte[0], exif(tag));
    assertThat(READER.read("a", webp)).hasToString(expected);
  }

  private static byte[] exif(int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(26).put("MM\0*".getBytes(ISO_8859_1)).putInt(8);
    tiff.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    return tiff.putShort((short) orientation).array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PackBits", "LZW", "ZLib", "Deflate"})
  void aTiffIsExact(String compression) throws IOException {
    BufferedImage image = SamplePictures.gradient(37, 29, BufferedImage.TYPE_3BYTE_BGR);
    byte[] tiff =
        SamplePictures.encode(
            new IIOImage(image, null, null),
            "tiff",
            settings -> {
              if (!compression.isEmpty()) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionType(compression);
              }
            });
    assertThat(READER.read("a", tiff).rgb()).isEqualTo(GRADIENT.rgb());
  }

  @Test
  void sixteenBitsAreCutToTheHighByte() throws IOException {
    WritableRaster deep = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 5, 3, 1, null);
    for (int i = 0; i < 15; i++) {
      deep.setSample(i % 5, i / 5, 0, 4369 * i);
    }
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_USHORT_GRAY);
    image.setData(deep);
    for (String format : new String[] {"tiff", "png"}) {
      Picture read = READER.read("a", SamplePictures.encode(image, format));
      assertThat(read.sample(4, 2, 0)).as(format).isEqualTo((4369 * 14) >> 8);
      assertThat(read.sample(1, 0, 2)).as(format).isEqualTo(4369 >> 8);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, picture 37x29", "6, picture 29x37"})
  void aTiffIsTurnedUpright(int tag, String expected) throws IOException {
    BufferedImage image = SamplePictures.gradient(37, 29, BufferedImage.TYPE_3BYTE_BGR);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    TIFFDirectory directory =
        TIFFDirectory.createFromMetadata(
            writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam()));
    directory.addTIFFField(
        new TIFFField(
            BaselineTIFFTagSet.getInstance().getTag(BaselineTIFFTagSet.TAG_ORIENTATION), tag));
    IIOImage tagged = new IIOImage(image, null, directory.getAsMetadata());
    assertThat(READER.read("a", SamplePictures.encode(tagged, "tiff", settings -> {})))
        .hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ftypheic, HEIC, heif-convert",
    "ftypmif1, HEIF, heif-convert",
    "ftypavif, AVIF, avifdec",
    "ftypheix, HEIC, heif-convert"
  })
  void aFormatThatIsNotReadIsNamedWithAWayOut(String brand, String title, String remedy) {
    byte[] file = ("\0\0\0\u0018" + brand + "\0\0\0\0mif1").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> READER.read("photo.heic", file))
        .isInstanceOf(ImageException.class)
        .hasMessageContainingAll("photo.heic: " + title + " files are not read", remedy);
  }
}
