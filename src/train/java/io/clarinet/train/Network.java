package io.clarinet.train;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.relu_;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Full pre-activation ResNet for small pictures (arXiv 1603.05027, figure 4e): three stages of
 * basic units, 1×1 convolutions as shortcuts where the shape changes, global average pooling.
 *
 * <p>The parameter names are those of a PyTorch state dictionary.
 */
final class Network {
  static final String ARCHITECTURE = "preact_resnet20";
  private static final int UNITS = 3;
  private static final int[] WIDTHS = {16, 32, 64};
  private static final double BN_MOMENTUM = 0.1;
  private static final double BN_EPSILON = 1e-5;

  private final Map<String, Tensor> trainable = new LinkedHashMap<>();
  private final Map<String, Tensor> statistics = new LinkedHashMap<>();
  private boolean training = true;

  /** He-initialised weights, identity batch norms; the random numbers are torch's global ones. */
  Network(int classes) {
    conv("conv1", 3, WIDTHS[0], 3);
    int in = WIDTHS[0];
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int unit = 0; unit < UNITS; unit++) {
        String name = unitName(stage, unit);
        int out = WIDTHS[stage];
        norm(name + ".bn1", in);
        conv(name + ".conv1", in, out, 3);
        norm(name + ".bn2", out);
        conv(name + ".conv2", out, out, 3);
        if (in != out) {
          conv(name + ".shortcut", in, out, 1);
        }
        in = out;
      }
    }
    norm("bn", in);
    trainable.put("fc.weight", leaf(randn(classes, in).mul_(new Scalar(Math.sqrt(1.0 / in)))));
    trainable.put("fc.bias", leaf(zeros(classes)));
  }

  /** Weights, scales and offsets, in the order in which the network applies them. */
  Map<String, Tensor> trainable() {
    return trainable;
  }

  /** Running means and variances of the batch norms. */
  Map<String, Tensor> statistics() {
    return statistics;
  }

  /** Whether batch norms use (and gather) the batch's statistics. */
  void training(boolean on) {
    training = on;
  }

  /**
   * Logits [n, classes] for pictures [n, 3, h, w] that are already normalised; h and w are
   * multiples of 4.
   */
  Tensor forward(Tensor pictures) {
    Tensor x = convolve(pictures, "conv1", 1, 1);
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int unit = 0; unit < UNITS; unit++) {
        x = unit(x, unitName(stage, unit), stage > 0 && unit == 0 ? 2 : 1);
      }
    }
    Tensor pooled = activate(x, "bn").mean(2, 3);
    return linear(pooled, trainable.get("fc.weight"), new TensorOptional(trainable.get("fc.bias")));
  }

  private Tensor unit(Tensor x, String name, int stride) {
    Tensor activated = activate(x, name + ".bn1");
    Tensor shortcut =
        trainable.containsKey(name + ".shortcut.weight")
            ? convolve(activated, name + ".shortcut", stride, 0)
            : x;
    Tensor y = convolve(activated, name + ".conv1", stride, 1);
    y = convolve(activate(y, name + ".bn2"), name + ".conv2", 1, 1);
    return add(y, shortcut);
  }

  private Tensor activate(Tensor x, String norm) {
    Tensor normalised =
        batch_norm(
            x,
            new TensorOptional(trainable.get(norm + ".weight")),
            new TensorOptional(trainable.get(norm + ".bias")),
            new TensorOptional(statistics.get(norm + ".running_mean")),
            new TensorOptional(statistics.get(norm + ".running_var")),
            training,
            BN_MOMENTUM,
            BN_EPSILON,
            false);
    return relu_(normalised);
  }

  private Tensor convolve(Tensor x, String name, int stride, int pad) {
    return conv2d(
        x,
        trainable.get(name + ".weight"),
        new TensorOptional(),
        new long[] {stride, stride},
        new long[] {pad, pad},
        new long[] {1, 1},
        1);
  }

  private void conv(String name, int in, int out, int kernel) {
    double deviation = Math.sqrt(2.0 / (in * kernel * kernel));
    Tensor weight = randn(out, in, kernel, kernel).mul_(new Scalar(deviation));
    trainable.put(name + ".weight", leaf(weight.contiguous(MemoryFormat.ChannelsLast)));
  }

  private void norm(String name, int channels) {
    trainable.put(name + ".weight", leaf(ones(channels)));
    trainable.put(name + ".bias", leaf(zeros(channels)));
    statistics.put(name + ".running_mean", zeros(channels));
    statistics.put(name + ".running_var", ones(channels));
  }

  private static Tensor leaf(Tensor t) {
    return t.set_requires_grad(true);
  }

  private static String unitName(int stage, int unit) {
    return "layer" + (stage + 1) + "." + unit;
  }
}
