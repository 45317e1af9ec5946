package io.clarinet.backend.cpu;

import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Kernel;
import io.clarinet.op.Lrn;
import io.clarinet.op.Op;
import io.clarinet.op.Pad;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reorder;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import java.util.List;
import java.util.function.IntFunction;

/** The kernels of the JVM target: for each operator the ways to run it, the preferred first. */
public final class CpuKernels {
  private final IntFunction<InnerLoops> loops;

  private CpuKernels(IntFunction<InnerLoops> loops) {
    this.loops = loops;
  }

  /** Kernels over the Vector API where this JVM has it, else in plain Java. */
  public static CpuKernels best() {
    return new CpuKernels(InnerLoops::best);
  }

  /** Kernels in plain Java. */
  public static CpuKernels plain() {
    return new CpuKernels(InnerLoops::plain);
  }

  /** Ways to run an operator; none where only its reference does. */
  public List<Kernel> of(Op op) {
    if (op instanceof Conv2d conv) {
      return List.of(
          new Convolution(conv, true, loops),
          new Convolution(conv, false, loops),
          new DepthwiseConvolution(conv, loops),
          new GroupedConvolution(conv));
    }
    if (op instanceof Dense dense) {
      return List.of(new DenseProduct(dense, loops));
    }
    if (op instanceof Pool2d pool) {
      return List.of(new Pooling(pool, loops));
    }
    if (op instanceof GlobalPool2d pool) {
      return List.of(new GlobalPooling(pool, loops));
    }
    if (op instanceof Unary unary) {
      return List.of(new Elementwise(unary, true, loops), new Elementwise(unary, false, loops));
    }
    if (op instanceof Binary binary) {
      return List.of(
          new SameShape(binary, true, loops),
          new SameShape(binary, false, loops),
          new Broadcasting(binary));
    }
    if (op instanceof BatchNorm norm) {
      return List.of(new BatchNormalisation(norm, loops));
    }
    if (op instanceof Lrn lrn) {
      return List.of(new ResponseNormalisation(lrn, loops));
    }
    if (op instanceof Softmax softmax) {
      return List.of(new SoftmaxRows(softmax));
    }
    if (op instanceof Concat concat) {
      return List.of(new Joining(concat), new ConcatCopy(concat));
    }
    if (op instanceof Pad pad) {
      return List.of(Movements.of(pad));
    }
    if (op instanceof Slice slice) {
      return List.of(Movements.of(slice));
    }
    if (op instanceof Transpose transpose) {
      return List.of(Movements.of(transpose));
    }
    if (op instanceof Reorder reorder) {
      return List.of(new ReorderCopy(reorder));
    }
    if (op instanceof Reshape) {
      return op.kernels();
    }
    return List.of();
  }
}
