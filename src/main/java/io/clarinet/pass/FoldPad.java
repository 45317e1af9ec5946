package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Pad;
import io.clarinet.op.Padding;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code conv(pad(x))} with zeros around the image becomes a convolution of larger padding. */
public final class FoldPad implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return PairFusion.apply(graph, FoldPad::merge);
  }

  private static @Nullable Node merge(
      Node producer, Node consumer, String value, PairFusion context) {
    if (!(producer.op() instanceof Pad pad)
        || !(consumer.op() instanceof Conv2d conv)
        || !consumer.inputs().get(0).equals(value)
        || conv.window().padding().isAutomatic()) {
      return null;
    }
    List<Fact> facts = producer.inputs().stream().map(context::fact).toList();
    Padding around = zerosAroundImage(pad, facts);
    if (around == null) {
      return null;
    }
    List<String> inputs = new ArrayList<>(consumer.inputs());
    inputs.set(0, producer.inputs().get(0));
    Window2d window = conv.window().padded(around);
    return new Node(
        consumer.name(),
        new Conv2d(window, conv.groups(), conv.epilogue()),
        inputs,
        consumer.outputs());
  }

  private static @Nullable Padding zerosAroundImage(Pad pad, List<Fact> facts) {
    if (pad.mode() != Pad.Mode.CONSTANT || pad.value(facts) != 0) {
      return null;
    }
    int[] pads = pad.pads(facts);
    for (int i = 0; i < pads.length; i++) {
      boolean spatial = i % 4 >= 2;
      if (pads[i] < 0 || (pads[i] > 0 && !spatial)) {
        return null;
      }
    }
    return Padding.of(pads[2], pads[3], pads[6], pads[7]);
  }
}
