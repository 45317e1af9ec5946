package io.clarinet.djl;

import ai.djl.modality.cv.Image.Interpolation;
import io.clarinet.image.ChannelOrder;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import io.clarinet.image.ResizeFilter;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Pictures as bytes, height by width by channels, resized as the library resizes: by Pillow's way.
 */
final class PictureArray {
  private static final int COLOURS = 3;

  private PictureArray() {}

  static Tensor resized(Tensor picture, int width, int height, Interpolation filter) {
    int[] dims = picture.shape().dims();
    if (picture.type() != ElementType.UINT8
        || dims.length != 3
        || (dims[2] != 1 && dims[2] != COLOURS)) {
      throw new IllegalArgumentException(
          "resize of %s; it takes UINT8, height by width by 1 or 3 channels: resize before ToTensor"
              .formatted(picture));
    }
    Picture source = Picture.ofRgb(dims[1], dims[0], colours(picture, dims[2]));
    byte[] rgb = stretch(filter).resized(source, height, width).rgb();
    return tensor(rgb, height, width, dims[2]);
  }

  private static Preprocess stretch(Interpolation filter) {
    ResizeFilter ours =
        switch (filter) {
          case BILINEAR -> ResizeFilter.BILINEAR;
          case BICUBIC -> ResizeFilter.BICUBIC;
          default -> throw Refusal.of("Image.Interpolation." + filter, "take BILINEAR or BICUBIC");
        };
    return new Preprocess(0, 1, ChannelOrder.RGB, 255, List.of(0f), List.of(1f), ours);
  }

  private static byte[] colours(Tensor picture, int channels) {
    byte[] bytes = new byte[picture.bytes().remaining()];
    picture.bytes().get(bytes);
    if (channels == COLOURS) {
      return bytes;
    }
    byte[] rgb = new byte[COLOURS * bytes.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = bytes[i / COLOURS];
    }
    return rgb;
  }

  private static Tensor tensor(byte[] rgb, int height, int width, int channels) {
    Shape shape = Shape.of(height, width, channels);
    byte[] samples = channels == COLOURS ? rgb : firsts(rgb);
    return Tensor.wrap(ElementType.UINT8, shape, ByteBuffer.wrap(samples));
  }

  private static byte[] firsts(byte[] rgb) {
    byte[] samples = new byte[rgb.length / COLOURS];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = rgb[i * COLOURS];
    }
    return samples;
  }
}
