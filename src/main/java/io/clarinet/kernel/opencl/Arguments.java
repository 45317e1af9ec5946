package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Arg;
import io.clarinet.op.Window2d;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a launch in the order of the kernel's parameters. */
public final class Arguments {
  private final List<Arg> list = new ArrayList<>();

  /** The view of an input. */
  public Arguments input(int index) {
    return add(new Arg.Input(index));
  }

  /** The view of the only output. */
  public Arguments output() {
    return output(0);
  }

  /** The view of one of several outputs. */
  public Arguments output(int index) {
    return add(new Arg.Output(index));
  }

  /** A buffer of packed constants. */
  public Arguments packed(int index) {
    return add(new Arg.Packed(index));
  }

  /** Packed constants as a view: a value that is no part of another. */
  public Arguments packedView(int index, long batchStride) {
    return add(new Arg.Packed(index)).add(new Arg.Long(0)).add(new Arg.Long(batchStride));
  }

  /** The view of a scratch region. */
  public Arguments scratch(int index) {
    return add(new Arg.Scratch(index));
  }

  /** Local memory of a work-group. */
  public Arguments local(long bytes) {
    return add(new Arg.Local(bytes));
  }

  /** Kernel, stride, padding and dilation, as {@code conv_window.clh} has them. */
  public Arguments window(Window2d w) {
    return ints(w.kernelH(), w.kernelW(), w.strideH(), w.strideW())
        .ints(w.padding().top(), w.padding().left(), w.dilationH(), w.dilationW());
  }

  public Arguments ints(int... values) {
    for (int value : values) {
      add(new Arg.Int(value));
    }
    return this;
  }

  public Arguments floats(float... values) {
    for (float value : values) {
      add(new Arg.Float(value));
    }
    return this;
  }

  public Arguments addAll(Arguments more) {
    list.addAll(more.list);
    return this;
  }

  private Arguments add(Arg arg) {
    list.add(arg);
    return this;
  }

  public List<Arg> list() {
    return list;
  }
}
