package io.clarinet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.BrokenStream;
import io.clarinet.image.ImageException.Kind;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes, streams and images in memory are read as files are, and refused as they are. */
class PictureSourcesTest {
  private static final int TOO_LARGE = (256 << 20) + 1;

  @TempDir Path folder;

  /** A stream that gives its bytes one at a time, as a slow connection may. */
  private static final class Dripping extends ByteArrayInputStream {
    private boolean closed;

    Dripping(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] to, int from, int length) {
      return super.read(to, from, Math.min(1, length));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Turned by EXIF in a JPEG and in a PNG, in inks, and plain: the same from everywhere. */
  @Test
  void bytesAndStreamsGiveThePictureOfTheFile() throws IOException {
    Path samples = Path.of("src/test/resources/faults/pictures");
    List<Path> files =
        List.of(
            samples.resolve("exif6.jpg"),
            samples.resolve("exif6.png"),
            Files.write(folder.resolve("cmyk.jpg"), cmyk()),
            Files.write(folder.resolve("plain.gif"), SamplePictures.encode(image(5, 3), "gif")));
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      Dripping stream = new Dripping(bytes);
      byte[] expected = Picture.read(file).rgb();
      assertThat(Picture.read(bytes).rgb()).as("%s", file).isEqualTo(expected);
      assertThat(Picture.read(stream).rgb()).as("%s", file).isEqualTo(expected);
      assertThat(stream.closed).as("the stream is the caller's to close").isFalse();
    }
    assertThat(Picture.read(Files.readAllBytes(files.get(0)))).hasToString("picture 48x64");
  }

  private static BufferedImage image(int width, int height) {
    return SamplePictures.gradient(width, height, BufferedImage.TYPE_INT_RGB);
  }

  private static byte[] cmyk() throws IOException {
    WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 9, 7, 4, null);
    for (int i = 0; i < 63; i++) {
      inks.setPixel(i % 9, i / 9, new int[] {4 * i, 255 - 4 * i, 128, 200});
    }
    byte[] adobe = {-1, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    return SamplePictures.withSegment(SamplePictures.encode(inks, "jpeg"), adobe);
  }

  @Test
  void errorsNameThePictureOrWhatItIsCalled() throws IOException {
    byte[] text = "I am not a photo".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertFails(Kind.INVALID, "the picture: not a picture", () -> Picture.read(text));
    assertFails(
        Kind.INVALID,
        "the picture: it is empty",
        () -> Picture.read(InputStream.nullInputStream()));
    assertFails(
        Kind.INVALID,
        "upload 7: not a picture",
        () -> new PictureReader().read("upload 7", new ByteArrayInputStream(text)));
    byte[] png = SamplePictures.encode(image(100, 50), "png");
    byte[] half = java.util.Arrays.copyOf(png, png.length / 2);
    assertFails(Kind.INVALID, "the picture: damaged PNG file", () -> Picture.read(half));
  }

  @Test
  void aStreamThatBreaksSaysWhy() {
    InputStream broken = new BrokenStream("connection reset");
    assertFails(Kind.UNREADABLE, "the picture: connection reset", () -> Picture.read(broken));
  }

  @Test
  void limitsAreThoseOfFiles() throws IOException {
    assertFails(
        Kind.TOO_LARGE,
        "the picture: larger than 256 MB, the limit",
        () -> Picture.read(new byte[TOO_LARGE]));
    PictureReader small = new PictureReader(4999);
    String reason = "a: 100x50 pixels are more than the limit of 4999";
    byte[] png = SamplePictures.encode(image(100, 50), "png");
    assertFails(Kind.TOO_LARGE, reason, () -> small.read("a", new ByteArrayInputStream(png)));
    assertFails(Kind.TOO_LARGE, reason, () -> small.read("a", image(100, 50)));
    BufferedImage vast = new BufferedImage(20_000, 20_000, BufferedImage.TYPE_BYTE_BINARY);
    assertFails(Kind.TOO_LARGE, "the picture: 20000x20000 pixels", () -> Picture.read(vast));
  }

  private static void assertFails(Kind kind, String start, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(ImageException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageStartingWith(start);
  }
}
