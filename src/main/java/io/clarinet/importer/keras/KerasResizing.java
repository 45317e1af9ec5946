package io.clarinet.importer.keras;

import io.clarinet.op.Interpolation;
import io.clarinet.op.Resize;
import io.clarinet.op.Slice;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Layers that bring images to a size, by centres of pixels as TensorFlow 2 does, and cubic
 * interpolation by Keys' kernel (1981) with a = −0.5, whose neighbours outside weigh nothing.
 */
final class KerasResizing {
  private static final float CUBIC = -0.5f;
  private static final List<Integer> SIDES = List.of(2, 3);

  private KerasResizing() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("Resizing", KerasResizing::resizing);
    table.put("CenterCrop", KerasResizing::centreCrop);
  }

  private static Value resizing(KerasLayer layer) {
    LayerConfig config = layer.config();
    for (String setting : List.of("pad_to_aspect_ratio", "antialias")) {
      layer.require(!config.flag(setting, false), setting);
    }
    Value x = layer.image();
    String rule = config.text("interpolation", "bilinear");
    boolean crops = config.flag("crop_to_aspect_ratio", false);
    return crops ? smart(layer, x, rule) : resized(layer, x, rule);
  }

  private static Value resized(KerasLayer layer, Value x, String rule) {
    Interpolation.Mode mode =
        switch (rule) {
          case "nearest" -> Interpolation.Mode.NEAREST;
          case "bilinear" -> Interpolation.Mode.LINEAR;
          case "bicubic" -> Interpolation.Mode.CUBIC;
          default -> throw new UnsupportedOperationException("interpolation " + rule);
        };
    boolean cubic = mode == Interpolation.Mode.CUBIC;
    Interpolation interpolation =
        new Interpolation(mode, Interpolation.Rounding.PREFER_CEIL, CUBIC, cubic, false);
    Tensor sizes = Tensor.zeros(ElementType.INT64, Shape.of(2));
    sizes.set(0, height(layer));
    sizes.set(1, width(layer));
    Resize op =
        new Resize(interpolation, Resize.Coordinates.HALF_PIXEL, Resize.Policy.STRETCH, SIDES, 0);
    return layer.only(op, x, layer.constant("size", sizes));
  }

  private static int height(KerasLayer layer) {
    return positive("height", layer.config().integer("height"));
  }

  private static int width(KerasLayer layer) {
    return positive("width", layer.config().integer("width"));
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value);
    }
    return value;
  }

  /** The largest part in the middle of the target's proportions, resized. */
  private static Value smart(KerasLayer layer, Value x, String rule) {
    requireKnownSize(layer);
    Shape shape = x.fact().shape();
    long height = shape.dim(2);
    long width = shape.dim(3);
    long tall = Math.min(height, Math.max(1, width * height(layer) / width(layer)));
    long wide = Math.min(width, Math.max(1, height * width(layer) / height(layer)));
    return resized(layer, middle(layer, layer.name() + "/crop", x, tall, wide), rule);
  }

  private static Value centreCrop(KerasLayer layer) {
    requireKnownSize(layer);
    Value x = layer.image();
    Shape shape = x.fact().shape();
    boolean fits = shape.dim(2) >= height(layer) && shape.dim(3) >= width(layer);
    return fits
        ? middle(layer, layer.name(), x, height(layer), width(layer))
        : smart(layer, x, "bilinear");
  }

  private static void requireKnownSize(KerasLayer layer) {
    layer.require(
        !layer.to().isOpen(), "a crop of images of any size (save it with a fixed input shape)");
  }

  private static Value middle(KerasLayer layer, String name, Value x, long tall, long wide) {
    Shape shape = x.fact().shape();
    long top = (shape.dim(2) - tall) / 2;
    long left = (shape.dim(3) - wide) / 2;
    Slice op =
        new Slice(
            List.of(
                new Slice.Range(2, top, top + tall, 1), new Slice.Range(3, left, left + wide, 1)));
    return layer.to().add(name, op, x);
  }
}
