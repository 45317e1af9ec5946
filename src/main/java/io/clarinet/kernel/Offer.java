package io.clarinet.kernel;

import java.util.List;

/** A kernel's answer to a request to run an operator on given shapes and a given device. */
public sealed interface Offer {

  /**
   * The kernel can run the operator.
   *
   * @param work launches or code to run
   * @param inputs the layout wanted of each input; for an input that is only packed the entry is
   *     ignored
   * @param outputs the layout of each output
   * @param packed constants to pack once, by {@link Arg.Packed} index
   * @param scratchBytes scratch regions, by {@link Arg.Scratch} index
   * @param seconds predicted time
   */
  record Accept(
      Work work,
      List<Layout> inputs,
      List<Layout> outputs,
      List<Packed> packed,
      List<Long> scratchBytes,
      double seconds)
      implements Offer {

    public Accept {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      packed = List.copyOf(packed);
      scratchBytes = List.copyOf(scratchBytes);
    }
  }

  /**
   * The output is the input's bytes, or some of them, under another shape: nothing runs.
   *
   * @param offset elements before the output's first
   */
  record View(Layout input, Layout output, long offset) implements Offer {
    public View(Layout input, Layout output) {
      this(input, output, 0);
    }
  }

  /**
   * The output holds the inputs side by side, so that producers can write straight into it: nothing
   * runs.
   *
   * @param axis 1 if every batch item holds a part of each input, 0 if items follow items
   * @param offsets elements from the start of the output's batch item (axis 1) or of the output
   *     (axis 0) to each input's first
   */
  record Join(Layout layout, int axis, List<Long> offsets) implements Offer {
    public Join {
      offsets = List.copyOf(offsets);
    }
  }

  /** The reason why the kernel cannot run the operator, a phrase that {@code explain} prints. */
  record Decline(String reason) implements Offer {}

  /**
   * Constants to be packed.
   *
   * @param inputs indices of the inputs that the packing reads, each a constant; may be empty
   */
  record Packed(List<Integer> inputs, Packing packing) {
    public Packed {
      inputs = List.copyOf(inputs);
    }

    public static Packed of(int input, Packing packing) {
      return new Packed(List.of(input), packing);
    }
  }
}
