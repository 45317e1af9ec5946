package io.clarinet.importer.keras;

import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvNd;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Convolutions of every kind. */
final class KerasConvolutions {
  private KerasConvolutions() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("Conv1D", KerasConvolutions::oneAxis);
    table.put("Conv2D", KerasConvolutions::twoAxes);
    table.put("DepthwiseConv2D", KerasConvolutions::depthwise);
    table.put("SeparableConv2D", KerasConvolutions::separable);
    table.put("Conv2DTranspose", KerasConvolutions::transposed);
  }

  private static Value oneAxis(KerasLayer layer) {
    LayerConfig config = layer.config();
    int kernel = config.perAxis("kernel_size", 1, 1)[0];
    int dilation = config.perAxis("dilation_rate", 1, 1)[0];
    String rule = config.text("padding", "valid");
    int before = rule.equals("causal") ? Math.multiplyExact(dilation, kernel - 1) : 0;
    WindowNd window =
        new WindowNd(
            List.of(kernel),
            List.of(config.perAxis("strides", 1, 1)[0]),
            List.of(dilation),
            before > 0 ? Padding.Rule.EXPLICIT : KerasWindows.rule(rule),
            List.of(before, 0));
    String w = layer.weight("kernel", order(layer), "W");
    return finish(layer, layer.image(), new ConvNd(window, config.integer("groups", 1)), w);
  }

  private static Value twoAxes(KerasLayer layer) {
    String w = layer.weight("kernel", order(layer), "W");
    int groups = layer.config().integer("groups", 1);
    Conv2d conv = new Conv2d(KerasWindows.ofKernel(layer), groups, epilogue(layer));
    return finish(layer, layer.image(), conv, w);
  }

  private static Value depthwise(KerasLayer layer) {
    Value x = layer.image();
    String w = layer.weight("depthwise_kernel", KernelOrder::depthwise, "kernel");
    int channels = x.fact().shape().c();
    Conv2d conv = new Conv2d(KerasWindows.ofKernel(layer), channels, epilogue(layer));
    return finish(layer, x, conv, w);
  }

  private static Value separable(KerasLayer layer) {
    Value x = layer.image();
    String w = layer.weight("depthwise_kernel", KernelOrder::depthwise);
    Conv2d each = new Conv2d(KerasWindows.ofKernel(layer), x.fact().shape().c(), Epilogue.NONE);
    Value y = layer.to().add(layer.name() + "/depthwise", each, x, w);
    String pointwise = layer.weight("pointwise_kernel", order(layer));
    Conv2d all = new Conv2d(Window2d.square(1, 1, 0), 1, epilogue(layer));
    return finish(layer, y, all, pointwise);
  }

  private static Value transposed(KerasLayer layer) {
    LayerConfig config = layer.config();
    int[] kernel = config.perAxis("kernel_size", 2, 1);
    int[] strides = config.perAxis("strides", 2, 1);
    int[] dilations = config.perAxis("dilation_rate", 2, 1);
    boolean same = config.text("padding", "valid").equals("same");
    int[] pads = new int[4];
    int[] added = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      int reach = (kernel[axis] - 1) * dilations[axis] + 1;
      added[axis] = same ? 0 : Math.max(0, strides[axis] - reach);
      if (config.has("output_padding")) {
        int cut = (same ? reach / 2 * 2 : 0) - config.perAxis("output_padding", 2, 0)[axis];
        pads[axis] = Math.max(0, cut) / 2;
        pads[axis + 2] = Math.max(0, cut) - pads[axis];
        added[axis] = Math.max(0, -cut);
      }
    }
    Padding.Rule rule =
        same && !config.has("output_padding") ? Padding.Rule.SAME_UPPER : Padding.Rule.EXPLICIT;
    WindowNd window =
        new WindowNd(boxed(kernel), boxed(strides), boxed(dilations), rule, boxed(pads));
    String w = layer.weight("kernel", order(layer), "W");
    return finish(layer, layer.image(), new ConvTranspose(window, 1, boxed(added), List.of()), w);
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static boolean hasBias(KerasLayer layer) {
    return layer.config().flag("use_bias", true);
  }

  private static Epilogue epilogue(KerasLayer layer) {
    return hasBias(layer) ? Epilogue.BIAS : Epilogue.NONE;
  }

  private static Value finish(KerasLayer layer, Value x, Op conv, String w) {
    List<String> inputs = new ArrayList<>(List.of(x.name(), w));
    if (hasBias(layer)) {
      inputs.add(layer.weight("bias", Function.identity(), "b"));
    }
    return layer.activated(conv, x, inputs);
  }

  /** A kernel [h, w, in, out] as [out, in, h, w]. */
  private static Function<Constant, Constant> order(KerasLayer layer) {
    boolean ordered = layer.config().flag(KerasOne.CHANNELS_OUTERMOST, false);
    return ordered ? Function.identity() : KernelOrder::convolution;
  }
}
