package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.jvm.PartSplit.Part;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import org.jspecify.annotations.Nullable;

/** An epilogue of which finished rows of sums take what needs no other operand, a clamp. */
record RowEpilogue(Epilogue epilogue) {

  /** The clamp, if that is all; null if not. */
  private @Nullable Unary clamp() {
    Unary activation = epilogue.activation();
    boolean clamps = activation != null && activation.isClamp();
    return clamps && !epilogue.residual() ? activation : null;
  }

  /** Finishes a row before it is written. */
  void row(float[] sums, int count) {
    Unary clamp = clamp();
    if (clamp != null) {
      PlainLanes.clamp(sums, count, clamp.lo(), clamp.hi());
    }
  }

  /** Finishes a part's blocks after that. */
  void blocks(InnerLoops loops, Arguments a, Geometry g, Part part) {
    Epilogue rest = clamp() == null ? epilogue : Epilogue.BIAS;
    for (int b = part.firstBlock(); b < part.endBlock(); b++) {
      int channels = Math.min(g.block(), g.outChannels() - b * g.block());
      EpilogueLoop.block(rest, loops, a, part.image(), part.within(g, b), part.pixels(), channels);
    }
  }
}
