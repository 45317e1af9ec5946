package io.clarinet.importer.keras;

import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Padding;
import io.clarinet.op.Reshape;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Depthwise and separable convolutions along one axis, as those of images of one row. */
final class KerasRows {
  private static final List<Integer> ROW = List.of(2);

  private KerasRows() {}

  static void register(Map<String, LayerTranslator> table) {
    table.put("DepthwiseConv1D", layer -> finish(layer, depthwise(layer, epilogue(layer))));
    table.put("SeparableConv1D", KerasRows::separable);
  }

  private static Value depthwise(KerasLayer layer, Epilogue epilogue) {
    Value x = layer.image();
    Reshape unfold = new Reshape(new Reshape.Rule.Unsqueeze(ROW));
    Value row = layer.to().add(layer.name() + "/row", unfold, x);
    String w =
        layer.weight("depthwise_kernel", kernel -> row(KernelOrder.depthwise(kernel)), "kernel");
    Conv2d each = new Conv2d(window(layer), x.fact().shape().c(), epilogue);
    return convolved(layer, "/depthwise", each, row, w);
  }

  private static Value separable(KerasLayer layer) {
    Value each = depthwise(layer, Epilogue.NONE);
    String w = layer.weight("pointwise_kernel", kernel -> row(KernelOrder.convolution(kernel)));
    Conv2d all = new Conv2d(Window2d.square(1, 1, 0), 1, epilogue(layer));
    return finish(layer, convolved(layer, "/pointwise", all, each, w));
  }

  private static Value convolved(
      KerasLayer layer, String name, Conv2d conv, Value x, String weights) {
    List<String> inputs = new ArrayList<>(List.of(x.name(), weights));
    if (conv.epilogue().bias()) {
      inputs.add(layer.weight("bias", UnaryOperator.identity()));
    }
    return layer.to().add(layer.name() + name, conv, x.moved(), inputs);
  }

  private static Epilogue epilogue(KerasLayer layer) {
    return layer.config().flag("use_bias", true) ? Epilogue.BIAS : Epilogue.NONE;
  }

  private static Value finish(KerasLayer layer, Value row) {
    Reshape fold = new Reshape(new Reshape.Rule.Squeeze(ROW));
    return layer.activated(fold, row, List.of(row.name()));
  }

  /** A window that may look back only. */
  private static Window2d window(KerasLayer layer) {
    LayerConfig config = layer.config();
    int kernel = config.perAxis("kernel_size", 1, 1)[0];
    int dilation = config.perAxis("dilation_rate", 1, 1)[0];
    String rule = config.text("padding", "valid");
    Padding padding =
        rule.equals("causal")
            ? Padding.of(0, Math.multiplyExact(dilation, kernel - 1), 0, 0)
            : new Padding(KerasWindows.rule(rule), 0, 0, 0, 0);
    return new Window2d(1, kernel, 1, config.perAxis("strides", 1, 1)[0], 1, dilation, padding);
  }

  /** A kernel [out, in, w] as [out, in, 1, w]. */
  private static Constant row(Constant kernel) {
    Shape k = kernel.shape();
    Shape unfolded = Shape.of(k.dim(0), k.dim(1), 1, k.dim(2));
    return new Deferred(kernel.type(), unfolded, () -> kernel.tensor().reshaped(unfolded));
  }
}
