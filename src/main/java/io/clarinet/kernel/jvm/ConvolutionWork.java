package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.op.Epilogue;

/**
 * A planned convolution. Packed constants: weights, bias. Scratch: one region, divided among the
 * threads.
 */
record ConvolutionWork(
    Epilogue epilogue, Geometry geometry, TiledProduct product, boolean plainInput)
    implements JvmKernel {

  @Override
  public void run(Arguments arguments) {
    arguments.parallel(product.split().tasks(), task -> task(arguments, task));
  }

  private void task(Arguments a, int task) {
    Geometry g = geometry;
    View x = a.input(0);
    View y = a.output(0);
    int image = product.split().image(task);
    int group = product.split().group(task);
    int inGroup = plainInput ? 0 : g.inBlocks() * g.inPixels() * g.block();
    int yBlock = g.pixels() * g.block();
    product.run(
        a,
        task,
        x.offset() + image * x.batchStride() + group * inGroup,
        y.data(),
        y.offset() + image * y.batchStride() + group * g.outBlocks() * yBlock,
        yBlock,
        a.scratch(0).data(),
        a.scratch(0).offset() + a.worker() * product.scratchFloats());
    finish(a, task, image, group);
  }

  /** Adds the residual and applies the activation to what a task has summed. */
  private void finish(Arguments a, int task, int image, int group) {
    TaskSplit split = product.split();
    int pixels = split.pixels(task);
    if (pixels == 0) {
      return;
    }
    View y = a.output(0);
    View residual = epilogue.residual() ? a.input(epilogue.residualIndex()) : null;
    int block = geometry.block();
    int plane = geometry.pixels() * block;
    int end = split.endBlock(task, geometry.outBlocks());
    for (int b = split.firstBlock(task); b < end; b++) {
      int within = (group * geometry.outBlocks() + b) * plane + split.firstPixel(task) * block;
      EpilogueLoop.block(
          product.loops().lanes(),
          epilogue.activation(),
          y,
          y.offset() + image * y.batchStride() + within,
          residual,
          residual == null ? 0 : residual.offset() + image * residual.batchStride() + within,
          pixels,
          Math.min(block, geometry.outChannels() - b * block));
    }
  }
}
