package io.clarinet.pass;

import static io.clarinet.pass.PassContract.operators;
import static io.clarinet.pass.PassContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Op;
import io.clarinet.op.Pad;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldPadTest {
  private static final Conv2d CONV = new Conv2d(Window2d.square(3, 2, 1), 1, Epilogue.NONE);

  @Test
  void becomesPaddingOfTheConvolution() {
    Pad pad = Pad.zeros(Padding.of(3, 0, 1, 2));
    assertThat(operators(new FoldPad(), graph(pad, CONV))).containsExactly("Conv2d");
  }

  @Test
  void leavesPaddingThatIsNotZeroAlone() {
    Pad ones = new Pad(Pad.Mode.CONSTANT, List.of(0, 0, 1, 1, 0, 0, 1, 1), 1);
    Pad edge = new Pad(Pad.Mode.EDGE, List.of(0, 0, 1, 1, 0, 0, 1, 1), 0);
    assertThat(operators(new FoldPad(), graph(ones, CONV))).containsExactly("Pad", "Conv2d");
    assertThat(operators(new FoldPad(), graph(edge, CONV))).containsExactly("Pad", "Conv2d");
  }

  @Test
  void leavesCroppingAlone() {
    Pad crop = new Pad(Pad.Mode.CONSTANT, List.of(0, 0, -1, 0, 0, 0, 0, 0), 0);
    assertThat(operators(new FoldPad(), graph(crop, CONV))).containsExactly("Pad", "Conv2d");
  }

  @Test
  void leavesAPoolingAlone() {
    Pad pad = Pad.zeros(Padding.of(1, 1, 1, 1));
    Op pool = Pool2d.max(Window2d.square(3, 2, 1));
    assertThat(operators(new FoldPad(), graph(pad, pool))).containsExactly("Pad", "Pool2d");
  }

  private static Graph graph(Pad pad, Op op) {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", -1, 4, 5, 5);
    graph.constant("w", random(1, 4, 4, 3, 3));
    graph.add("p", pad, "x");
    if (op instanceof Conv2d) {
      graph.add("y", op, "p", "w");
    } else {
      graph.add("y", op, "p");
    }
    return graph.output("y").build();
  }
}
