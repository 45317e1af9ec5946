package io.clarinet.importer.onnx;

import io.clarinet.op.Conv2d;
import io.clarinet.op.ConvNd;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.Epilogue;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Convolutions. */
final class OnnxConvolutions {
  private OnnxConvolutions() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("Conv", OnnxConvolutions::conv);
    table.put("ConvTranspose", OnnxConvolutions::convTranspose);
  }

  private static void conv(OnnxNode node, OnnxTranslation to) {
    List<Integer> kernel = kernel(node, to);
    List<String> inputs = inputs(node);
    if (kernel.size() != 2) {
      ConvNd op = new ConvNd(OnnxWindows.windowNd(node, kernel), node.small("group", 1));
      to.results(node, op, inputs, 1);
      return;
    }
    Epilogue epilogue = node.hasInput(2) ? Epilogue.BIAS : Epilogue.NONE;
    Conv2d op = new Conv2d(OnnxWindows.window2d(node, kernel), node.small("group", 1), epilogue);
    to.results(node, op, inputs, 1);
  }

  private static List<String> inputs(OnnxNode node) {
    List<String> inputs = new ArrayList<>(List.of(node.input(0), node.input(1)));
    if (node.hasInput(2)) {
      inputs.add(node.input(2));
    }
    return inputs;
  }

  private static void convTranspose(OnnxNode node, OnnxTranslation to) {
    WindowNd window = OnnxWindows.windowNd(node, kernel(node, to));
    List<Integer> shape = node.smalls("output_shape");
    List<Integer> padding = node.smalls("output_padding");
    if ((!shape.isEmpty() && shape.size() != window.axes())
        || (!padding.isEmpty() && padding.size() != window.axes())) {
      throw new IllegalArgumentException("output_shape or output_padding miss an axis");
    }
    ConvTranspose op = new ConvTranspose(window, node.small("group", 1), padding, shape);
    to.results(node, op, inputs(node), 1);
  }

  /** The kernel's extents: the attribute, or the weights' own. */
  static List<Integer> kernel(OnnxNode node, OnnxTranslation to) {
    if (node.has("kernel_shape")) {
      return node.smalls("kernel_shape");
    }
    Fact weights = to.fact(node.input(1));
    if (weights == null || weights.shape().rank() < 3) {
      throw new IllegalArgumentException("neither kernel_shape nor the weights tell the kernel");
    }
    int[] dims = weights.shape().dims();
    return Arrays.stream(dims, 2, dims.length).boxed().toList();
  }
}
