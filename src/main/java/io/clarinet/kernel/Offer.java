package io.clarinet.kernel;

import java.util.List;

/** What a kernel answers when asked to run an operator on given shapes and a given device. */
public sealed interface Offer {

  /**
   * It can.
   *
   * @param work what is run
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

  /** The output is the input's bytes under another shape: nothing runs. */
  record View(Layout input, Layout output) implements Offer {}

  /**
   * The output holds the inputs side by side along the channels, each from its own first block, so
   * that producers can write straight into it: nothing runs.
   *
   * @param firstBlocks first channel block of each input within the output
   */
  record Join(Layout layout, List<Integer> firstBlocks) implements Offer {
    public Join {
      firstBlocks = List.copyOf(firstBlocks);
    }
  }

  /** It cannot, and why, in a phrase that {@code explain} prints. */
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
