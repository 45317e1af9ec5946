package io.clarinet.importer.onnx;

import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Gather;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * RotaryEmbedding (arXiv 2104.09864): pairs of a head's elements are rotated by angles that depend
 * on the token's place.
 */
final class OnnxRotations {
  private static final Binary MUL = new Binary(Binary.Kind.MUL, null);
  private static final int POSITIONS = 3;

  private final OnnxNode node;
  private final OnnxTranslation to;
  private final boolean flat;
  private final boolean interleaved;

  private OnnxRotations(OnnxNode node, OnnxTranslation to) {
    this.node = node;
    this.to = to;
    int rank = to.rank(node.input(0));
    node.require(rank == 3 || rank == 4, "an input of unknown rank");
    this.flat = rank == 3;
    this.interleaved = node.flag("interleaved");
  }

  static void register(OnnxOperators table) {
    table.reads("RotaryEmbedding", (node, to) -> new OnnxRotations(node, to).read());
  }

  private void read() {
    String x = node.input(0);
    if (flat) {
      x = to.value(reshape(0, 0, node.small("num_heads"), -1), x);
    }
    String cos = angles(1);
    String sin = angles(2);
    Fact cache = to.fact(node.input(1));
    node.require(cache != null, "angles of unknown number");
    long half = Objects.requireNonNull(cache).shape().dim(-1);
    String first = interleaved ? part(x, 0, 2 * half, 2) : part(x, 0, half, 1);
    String second = interleaved ? part(x, 1, 2 * half, 2) : part(x, half, 2 * half, 1);
    Binary sub = new Binary(Binary.Kind.SUB, null);
    String real = to.value(sub, to.value(MUL, cos, first), to.value(MUL, sin, second));
    String imaginary = to.value(Binary.ADD, to.value(MUL, sin, first), to.value(MUL, cos, second));
    List<String> parts = new ArrayList<>(List.of(joined(real, imaginary)));
    if (node.small("rotary_embedding_dim", 0) > 0) {
      parts.add(part(x, 2 * half, Integer.MAX_VALUE, 1));
    }
    String all = to.value(new Concat(-1), parts.toArray(String[]::new));
    to.result(node, flat ? reshape(0, 0, -1) : Reshape.IDENTITY, all);
  }

  /** Cosines or sines of the tokens' angles, the same for all heads. */
  private String angles(int input) {
    String angles = node.input(input);
    if (node.hasInput(POSITIONS)) {
      angles = to.value(new Gather(0), angles, node.input(POSITIONS));
    }
    return to.value(new Reshape(new Reshape.Rule.Unsqueeze(List.of(flat ? 2 : 1))), angles);
  }

  private String part(String x, long start, long end, long step) {
    return to.value(new Slice(List.of(new Slice.Range(-1, start, end, step))), x);
  }

  /** The two elements of each pair in their places. */
  private String joined(String first, String second) {
    if (!interleaved) {
      return to.value(new Concat(-1), first, second);
    }
    Reshape apart = new Reshape(new Reshape.Rule.Unsqueeze(List.of(4)));
    String pairs = to.value(new Concat(4), to.value(apart, first), to.value(apart, second));
    return to.value(reshape(0, 0, 0, -1), pairs);
  }

  private static Reshape reshape(long... extents) {
    List<Long> all = Arrays.stream(extents).boxed().toList();
    return new Reshape(new Reshape.Rule.To(all, false));
  }
}
