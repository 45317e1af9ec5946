package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel;
import io.clarinet.op.Epilogue;

/**
 * A planned convolution. Packed constants: weights, bias. Scratch: one region, divided among the
 * threads.
 */
record ConvolutionWork(Epilogue epilogue, Geometry geometry, TiledProduct product)
    implements JvmKernel {

  @Override
  public void run(Arguments arguments) {
    arguments.parallel(product.split().tasks(), task -> task(arguments, task));
  }

  private void task(Arguments a, int task) {
    Geometry g = geometry;
    int image = product.split().image(task);
    int group = product.split().group(task);
    int inGroup = g.inBlocks() * g.inPixels() * g.block();
    int yBlock = g.pixels() * g.block();
    product.run(
        a,
        task,
        a.input(0).item(image) + group * inGroup,
        a.output(0).data(),
        a.output(0).item(image) + group * g.outBlocks() * yBlock,
        yBlock,
        a.scratch(0).data(),
        a.scratch(0).offset() + a.worker() * product.scratchFloats());
    finish(a, task, image, group * g.outBlocks());
  }

  /** Finishes the sums of a task. */
  private void finish(Arguments a, int task, int image, int groupBlock) {
    TaskSplit split = product.split();
    int pixels = split.pixels(task);
    if (pixels == 0) {
      return;
    }
    int block = geometry.block();
    int plane = geometry.pixels() * block;
    int end = split.endBlock(task, geometry.outBlocks());
    for (int b = split.firstBlock(task); b < end; b++) {
      int within = (groupBlock + b) * plane + split.firstPixel(task) * block;
      int channels = Math.min(block, geometry.outChannels() - b * block);
      EpilogueLoop.block(epilogue, product.loops(), a, image, within, pixels, channels);
    }
  }
}
