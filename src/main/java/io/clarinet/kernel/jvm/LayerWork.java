package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.kernel.Work;
import io.clarinet.op.Epilogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The work of a convolution or dense layer, whose weights and bias are packed constants 0 and 1.
 *
 * @param biasFloats elements of the packed bias, zeros behind the last channel
 * @param scratchBytes scratch regions
 */
record LayerWork(
    Epilogue epilogue, JvmKernel kernel, Packing weights, int biasFloats, List<Long> scratchBytes) {

  /**
   * The offer.
   *
   * @param input layout of the first input
   * @param layout of all else that lies in memory
   */
  Offer offer(Layout input, Layout layout, double seconds) {
    int count = epilogue.residualIndex() + (epilogue.residual() ? 1 : 0);
    List<Layout> inputs = new ArrayList<>(Collections.nCopies(count, layout));
    inputs.set(0, input);
    List<Integer> bias = epilogue.bias() ? List.of(2) : List.of();
    return new Offer.Accept(
        new Work.Jvm(kernel),
        inputs,
        List.of(layout),
        List.of(Offer.Packed.of(1, weights), new Offer.Packed(bias, new PaddedPacking(biasFloats))),
        scratchBytes,
        seconds);
  }
}
