package io.clarinet.image;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;

/**
 * The way from a picture to a network's input: resized, its samples scaled from 0..255 to 0..{@code
 * range}, {@code mean} subtracted and divided by {@code std}, channel by channel, as float32 NCHW.
 *
 * @param resize the shorter side in pixels before the central crop, by torchvision's rounding, or
 *     to the nearest pixel where the channels are BGR; 0 stretches the whole picture
 * @param crop the side of the input, where the network leaves it open; where it does not, {@code
 *     resize} is scaled by the same factor
 * @param order the channels, in the order that the network reads
 * @param range the value that white has before the mean is subtracted, 1 or 255
 * @param mean one value a channel, in the network's order, on the scale of {@code range}
 * @param std one value a channel, in the network's order, on the scale of {@code range}
 * @param interpolation the filter of the resize
 */
public record Preprocess(
    int resize,
    int crop,
    ChannelOrder order,
    float range,
    List<Float> mean,
    List<Float> std,
    ResizeFilter interpolation) {

  /** torchvision: RGB in 0..1, ImageNet's mean and deviation, shorter side 256, crop 224. */
  public static final Preprocess TORCH =
      new Preprocess(
          256,
          224,
          ChannelOrder.RGB,
          1,
          List.of(0.485f, 0.456f, 0.406f),
          List.of(0.229f, 0.224f, 0.225f));

  /** Caffe's reference networks: BGR in 0..255 less the mean, shorter side 256, crop 224. */
  public static final Preprocess CAFFE =
      new Preprocess(256, 224, ChannelOrder.BGR, 255, List.of(104f, 117f, 123f), ones(3));

  /** Keras's "caffe" mode: BGR in 0..255 less the mean; the whole picture stretched to 224. */
  public static final Preprocess KERAS_CAFFE =
      new Preprocess(0, 224, ChannelOrder.BGR, 255, List.of(103.939f, 116.779f, 123.68f), ones(3));

  /** Keras's "tf" mode: RGB in -1..1; the whole picture stretched to 224. */
  public static final Preprocess TF =
      new Preprocess(
          0,
          224,
          ChannelOrder.RGB,
          255,
          List.of(127.5f, 127.5f, 127.5f),
          List.of(127.5f, 127.5f, 127.5f));

  /** RGB in 0..255 as it is, the whole picture stretched to the input. */
  public static final Preprocess NONE =
      new Preprocess(0, 224, ChannelOrder.RGB, 255, List.of(0f, 0f, 0f), ones(3));

  /**
   * @throws IllegalArgumentException if a value makes no sense; the message says which
   */
  public Preprocess {
    mean = perChannel("mean", mean, order.count());
    std = perChannel("std", std, order.count());
    require(crop >= 1 && crop <= 16384, "crop=" + crop + " is not in 1..16384");
    require(
        resize == 0 || (resize >= crop && resize <= 32768),
        "resize=" + resize + " is neither exact nor in crop.." + 32768 + " (crop=" + crop + ")");
    require(range == 1 || range == 255, "range=" + range + " is neither 1 nor 255");
    require(std.stream().allMatch(s -> s > 0), "std=" + std + " must be above 0");
  }

  /** Bilinear. */
  public Preprocess(
      int resize, int crop, ChannelOrder order, float range, List<Float> mean, List<Float> std) {
    this(resize, crop, order, range, mean, std, ResizeFilter.BILINEAR);
  }

  private static List<Float> perChannel(String name, List<Float> values, int count) {
    List<Float> all = values.size() == 1 ? Collections.nCopies(count, values.get(0)) : values;
    require(
        all.size() == count,
        name + " has " + values.size() + " values; this channel order takes 1 or " + count);
    require(all.stream().allMatch(v -> Float.isFinite(v)), name + " must be finite numbers");
    return List.copyOf(all);
  }

  private static List<Float> ones(int count) {
    return Collections.nCopies(count, 1f);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * A preset with overrides, such as {@code torch} or {@code torch,resize=232,mean=0.5,0.5,0.5};
   * the syntax that {@link #toString} prints.
   *
   * <p>Presets: torch, caffe, keras-caffe, tf, none. Keys: {@code resize} (pixels or {@code
   * exact}), {@code crop}, {@code order} (rgb, bgr, grey), {@code range} (1 or 255), {@code mean},
   * {@code std} (one number, or one a channel), {@code interpolation} (bilinear or bicubic). A new
   * {@code order} takes the preset's mean and std along with their colours.
   *
   * @throws IllegalArgumentException if the text is not that; the message says what is allowed
   */
  public static Preprocess parse(String text) {
    return PreprocessSyntax.parse(text);
  }

  /** The text that {@link #parse} reads as this preprocessing, all keys spelled out. */
  @Override
  public String toString() {
    return PreprocessSyntax.print(this);
  }

  /** The picture as 1×C×crop×crop. */
  public Tensor apply(Picture picture) {
    return apply(picture, crop, crop);
  }

  /** The picture as 1×C×height×width. */
  public Tensor apply(Picture picture, int height, int width) {
    return apply(List.of(picture), height, width);
  }

  /** The pictures as N×C×height×width. */
  public Tensor apply(List<Picture> pictures, int height, int width) {
    Tensor batch = Tensor.zeros(Shape.of(pictures.size(), order.count(), height, width));
    FloatBuffer floats = batch.floats();
    int item = order.count() * height * width;
    for (int i = 0; i < pictures.size(); i++) {
      write(pictures.get(i), height, width, floats.slice(i * item, item));
    }
    return batch;
  }

  /**
   * Writes the picture as C×height×width, one item of a batch.
   *
   * @throws IllegalArgumentException if the slice has room for more or less than that
   */
  public void write(Picture picture, int height, int width, FloatBuffer slice) {
    int plane = height * width;
    if (slice.remaining() != order.count() * plane) {
      throw new IllegalArgumentException(
          "one item of "
              + Shape.of(order.count(), height, width)
              + " does not fit "
              + slice.remaining()
              + " values");
    }
    byte[] rgb = resized(picture, height, width).shared();
    for (int c = 0; c < order.count(); c++) {
      float[] values = values(c);
      int start = slice.position() + c * plane;
      for (int i = 0; i < plane; i++) {
        slice.put(start + i, values[order.sample(rgb, 3 * i, c)]);
      }
    }
  }

  /** The picture as the network sees it, {@code height * width} pixels, before normalisation. */
  public Picture resized(Picture picture, int height, int width) {
    if (resize == 0) {
      return PictureResize.exact(picture, width, height, interpolation);
    }
    return PictureResize.coverAndCrop(
        picture,
        inProportion(width),
        inProportion(height),
        width,
        height,
        rounding(),
        interpolation);
  }

  /** The part of a picture that the network sees in {@code height * width} pixels. */
  public PictureArea area(Picture picture, int height, int width) {
    return resize == 0
        ? new PictureArea(0, 0, picture.width(), picture.height())
        : PictureResize.kept(
            picture, inProportion(width), inProportion(height), width, height, rounding());
  }

  /** Networks that read BGR come from Caffe, and others from PyTorch or its users. */
  private Rounding rounding() {
    return order == ChannelOrder.BGR ? Rounding.NEAREST : Rounding.TORCHVISION;
  }

  private int inProportion(int side) {
    return (int) Math.rint((double) side * resize / crop);
  }

  private float[] values(int channel) {
    float[] values = new float[256];
    for (int v = 0; v < 256; v++) {
      values[v] = (v * range / 255 - mean.get(channel)) / std.get(channel);
    }
    return values;
  }
}
