package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.flag;
import static io.clarinet.importer.onnx.proto.AttributeProto.real;
import static io.clarinet.importer.onnx.proto.AttributeProto.text;

import io.clarinet.graph.Node;
import io.clarinet.op.Interpolation;
import io.clarinet.op.Interpolation.Mode;
import io.clarinet.op.Interpolation.Rounding;
import io.clarinet.op.Resize;
import io.clarinet.op.Resize.Coordinates;
import io.clarinet.op.Resize.Policy;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.LongStream;

/** Resizing of images. */
final class OnnxResizes {
  private OnnxResizes() {}

  static void register(OnnxOperators table) {
    table.reads("Resize", OnnxResizes::read);
    table.reads("Upsample", OnnxResizes::readOld);
    table.writes(Resize.class, OnnxResizes::write);
  }

  private static void read(OnnxNode node, OnnxTranslation to) {
    if (node.opset() < 11) {
      readOld(node, to);
      return;
    }
    Interpolation interpolation =
        new Interpolation(
            mode(node),
            rounding(node),
            node.real("cubic_coeff_a", -0.75f),
            node.flag("exclude_outside"),
            node.flag("antialias"));
    boolean scales = node.hasInput(2) && !isEmpty(to, node.input(2));
    Coordinates coordinates = coordinates(node);
    if (coordinates == Coordinates.ALIGN_CORNERS && scales && mayCut(to, node.input(2))) {
      coordinates = Coordinates.ALIGN_WHOLE_CORNERS;
    }
    List<String> inputs = new ArrayList<>(List.of(node.input(0), node.input(scales ? 2 : 3)));
    if (coordinates == Coordinates.CROP) {
      inputs.add(node.input(1));
    }
    float outside = node.real("extrapolation_value", 0);
    Resize op = new Resize(interpolation, coordinates, policy(node), node.smalls("axes"), outside);
    to.results(node, op, inputs, 1);
  }

  /** Whether PyTorch cuts fractions off what the scales make; whole ones leave none. */
  private static boolean mayCut(OnnxTranslation to, String scales) {
    Constant known = to.known(scales);
    return to.isFromPyTorch() && (known == null || !isWhole(known.tensor()));
  }

  private static boolean isWhole(Tensor scales) {
    return LongStream.range(0, scales.shape().size())
        .mapToDouble(scales::doubleAt)
        .allMatch(scale -> scale == Math.rint(scale));
  }

  /** Older models leave the scales empty where they give sizes. */
  private static boolean isEmpty(OnnxTranslation to, String value) {
    Constant known = to.known(value);
    return known != null && known.shape().size() == 0;
  }

  /** Upsample, and Resize before opset 11. */
  private static void readOld(OnnxNode node, OnnxTranslation to) {
    Interpolation interpolation = new Interpolation(mode(node), Rounding.FLOOR, 0, false, false);
    Resize op = new Resize(interpolation, Coordinates.ASYMMETRIC, Policy.STRETCH, List.of(), 0);
    String scales = node.hasInput(1) ? node.input(1) : to.constant(scales(node));
    to.result(node, op, node.input(0), scales);
  }

  private static Tensor scales(OnnxNode node) {
    if (node.opset() < 7) {
      float height = node.real("height_scale", 1);
      return Tensor.of(Shape.of(4), 1, 1, height, node.real("width_scale", 1));
    }
    List<Float> values = node.reals("scales");
    Tensor scales = Tensor.zeros(Shape.of(values.size()));
    for (int i = 0; i < values.size(); i++) {
      scales.set(i, (double) values.get(i));
    }
    return scales;
  }

  private static Mode mode(OnnxNode node) {
    return switch (node.text("mode", "nearest")) {
      case "nearest" -> Mode.NEAREST;
      case "linear", "bilinear" -> Mode.LINEAR;
      case "cubic" -> Mode.CUBIC;
      default -> throw node.unknown("mode");
    };
  }

  private static Rounding rounding(OnnxNode node) {
    return switch (node.text("nearest_mode", "round_prefer_floor")) {
      case "round_prefer_floor" -> Rounding.PREFER_FLOOR;
      case "round_prefer_ceil" -> Rounding.PREFER_CEIL;
      case "floor" -> Rounding.FLOOR;
      case "ceil" -> Rounding.CEIL;
      default -> throw node.unknown("nearest_mode");
    };
  }

  private static Coordinates coordinates(OnnxNode node) {
    return switch (node.text("coordinate_transformation_mode", "half_pixel")) {
      case "half_pixel" -> Coordinates.HALF_PIXEL;
      case "half_pixel_symmetric" -> Coordinates.HALF_PIXEL_SYMMETRIC;
      case "pytorch_half_pixel" -> Coordinates.PYTORCH_HALF_PIXEL;
      case "align_corners" -> Coordinates.ALIGN_CORNERS;
      case "asymmetric" -> Coordinates.ASYMMETRIC;
      case "tf_half_pixel_for_nn" -> Coordinates.TF_HALF_PIXEL_FOR_NN;
      case "tf_crop_and_resize" -> Coordinates.CROP;
      default -> throw node.unknown("coordinate_transformation_mode");
    };
  }

  private static Policy policy(OnnxNode node) {
    return switch (node.text("keep_aspect_ratio_policy", "stretch")) {
      case "stretch" -> Policy.STRETCH;
      case "not_larger" -> Policy.NOT_LARGER;
      case "not_smaller" -> Policy.NOT_SMALLER;
      default -> throw node.unknown("keep_aspect_ratio_policy");
    };
  }

  private static void write(Resize op, Node node, ExportedNodes to) {
    Interpolation how = op.interpolation();
    List<String> inputs = inputs(node, to);
    to.require(op.policy() == Policy.STRETCH, "a resizing that keeps proportions");
    to.require(op.axes().isEmpty(), "a resizing of some axes");
    to.require(!how.antialias(), "an antialiased resizing");
    to.require(op.coordinates() != Coordinates.HALF_PIXEL_SYMMETRIC, "a symmetric resizing");
    boolean whole = op.coordinates() == Coordinates.ALIGN_WHOLE_CORNERS;
    to.require(!whole, "a resizing by scales that aligns whole corners");
    to.add(
        "Resize",
        inputs,
        node.output(),
        text("mode", lower(how.mode())),
        text("nearest_mode", lower(rounding(op, to)).replace("prefer", "round_prefer")),
        text("coordinate_transformation_mode", coordinates(op)),
        real("cubic_coeff_a", how.cubic()),
        flag("exclude_outside", how.excludeOutside()),
        real("extrapolation_value", op.extrapolation()));
  }

  private static String coordinates(Resize op) {
    return switch (op.coordinates()) {
      case CROP -> "tf_crop_and_resize";
      case TF_HALF_PIXEL_FOR_NN -> "half_pixel";
      default -> lower(op.coordinates());
    };
  }

  /** The rounding; where {@code tf_half_pixel_for_nn} is gone, that of coordinates half less. */
  private static Rounding rounding(Resize op, ExportedNodes to) {
    Rounding own = op.interpolation().rounding();
    if (op.coordinates() != Coordinates.TF_HALF_PIXEL_FOR_NN) {
      return own;
    }
    boolean nearest = op.interpolation().mode() == Mode.NEAREST;
    boolean down = own == Rounding.FLOOR || own == Rounding.PREFER_FLOOR;
    to.require(nearest && down, "a resizing by tf_half_pixel_for_nn that rounds up");
    return own == Rounding.FLOOR ? Rounding.PREFER_CEIL : Rounding.CEIL;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The value, the region to crop, and scales or sizes, each at a place of its own. */
  private static List<String> inputs(Node node, ExportedNodes to) {
    String target = node.inputs().get(1);
    Constant known = to.known(target);
    to.require(known != null, "a resizing to a size that is not constant");
    String crop = node.inputs().size() > 2 ? node.inputs().get(2) : "";
    String x = node.inputs().get(0);
    boolean scales = Objects.requireNonNull(known).type().isFloatingPoint();
    return scales ? List.of(x, crop, target) : List.of(x, crop, "", target);
  }
}
