package io.clarinet.importer.keras;

import io.clarinet.op.Interpolation;
import io.clarinet.op.Pad;
import io.clarinet.op.Reshape;
import io.clarinet.op.Resize;
import io.clarinet.op.Slice;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Layers that pad, cut, resize and reshape. */
final class KerasShapes {
  private KerasShapes() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("Flatten", KerasShapes::flatten);
    table.put("Reshape", KerasShapes::reshape);
    table.put("Permute", KerasShapes::permute);
    table.put("ZeroPadding1D", layer -> pad(layer, 1));
    table.put("ZeroPadding2D", layer -> pad(layer, 2));
    table.put("Cropping1D", layer -> crop(layer, 1));
    table.put("Cropping2D", layer -> crop(layer, 2));
    table.put("UpSampling1D", layer -> upsample(layer, 1));
    table.put("UpSampling2D", layer -> upsample(layer, 2));
  }

  /** Pixel by pixel, the channels of each together, wherever the model has its channels. */
  private static Value flatten(KerasLayer layer) {
    Value x = layer.input();
    if (x.rank() > 2 && !layer.channelsLast()) {
      Value first = layer.to().plain(x);
      x = new Value(first.name(), true, first.fact());
      x = layer.to().isOpen() || layer.to().pixels(x) > 1 ? turned(layer, x) : x;
    } else if (layer.to().isOpen() || layer.to().pixels(x) > 1) {
      x = layer.to().plain(x);
    }
    Reshape op = new Reshape(new Reshape.Rule.Flatten(1));
    return layer.to().add(layer.name(), op, false, List.of(x.name()));
  }

  private static Value turned(KerasLayer layer, Value x) {
    int rank = x.rank();
    List<Integer> order =
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i % (rank - 1) + 1).boxed().toList();
    return layer.to().add(layer.name() + "/turned", new Transpose(order), x);
  }

  private static Value reshape(KerasLayer layer) {
    List<Integer> target = layer.config().integers("target_shape");
    int[] dims = IntStream.concat(IntStream.of(0), target.stream().mapToInt(i -> i)).toArray();
    return layer.only(KerasTranslation.reshape(dims), layer.to().plain(layer.input()));
  }

  private static Value permute(KerasLayer layer) {
    List<Integer> order = new ArrayList<>(List.of(0));
    order.addAll(layer.config().integers("dims"));
    return layer.only(new Transpose(order), layer.to().plain(layer.input()));
  }

  private static Value pad(KerasLayer layer, int axes) {
    int[][] around = layer.config().aroundAxes("padding", axes, 1);
    List<Integer> pads = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      pads.addAll(List.of(0, 0));
      for (int[] each : around) {
        if (each[side] < 0) {
          throw new IllegalArgumentException("padding is negative");
        }
        pads.add(each[side]);
      }
    }
    return layer.only(new Pad(Pad.Mode.CONSTANT, pads, 0), layer.image());
  }

  private static Value crop(KerasLayer layer, int axes) {
    int[][] around = layer.config().aroundAxes("cropping", axes, 1);
    List<Slice.Range> ranges = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      int after = around[axis][1];
      if (around[axis][0] < 0 || after < 0) {
        throw new IllegalArgumentException("cropping is negative");
      }
      ranges.add(
          new Slice.Range(axis + 2, around[axis][0], after == 0 ? Long.MAX_VALUE : -after, 1));
    }
    return layer.only(new Slice(ranges), layer.image());
  }

  private static Value upsample(KerasLayer layer, int axes) {
    int[] size = layer.config().perAxis("size", axes, 2);
    float[] scales = new float[axes];
    List<Integer> resized = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      scales[axis] = size[axis];
      resized.add(axis + 2);
    }
    String rule = layer.config().text("interpolation", "nearest");
    layer.require(rule.equals("nearest") || rule.equals("bilinear"), "interpolation " + rule);
    boolean nearest = rule.equals("nearest");
    Interpolation interpolation =
        new Interpolation(
            nearest ? Interpolation.Mode.NEAREST : Interpolation.Mode.LINEAR,
            Interpolation.Rounding.FLOOR,
            0,
            false,
            false);
    Resize.Coordinates coordinates =
        nearest || !layer.rules().alignsPixelCentres()
            ? Resize.Coordinates.ASYMMETRIC
            : Resize.Coordinates.HALF_PIXEL;
    String scale = layer.constant("size", Tensor.of(Shape.of(axes), scales));
    Resize op = new Resize(interpolation, coordinates, Resize.Policy.STRETCH, resized, 0);
    return layer.only(op, layer.image(), scale);
  }
}
