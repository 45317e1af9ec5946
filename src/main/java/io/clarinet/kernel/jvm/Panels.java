package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.View;

/**
 * Lays the input of a {@link RegisterTile} out in the order that it reads: for each step of one
 * block of input channels, {@link RegisterTile#PIXELS} pixels of one block each. Steps come in
 * units, which are what a long sum may be cut into. Where the input has that order already, the
 * tile reads it in place.
 */
interface Panels {

  /** Units of a whole sum. */
  int units();

  /** Steps of one unit. */
  int stepsPerUnit();

  /**
   * Fills the panel of one tile.
   *
   * @param x holds the input of one image and group, from {@code xAt}
   * @param firstPixel first output pixel
   * @param pixels output pixels, at most a tile's; the rest of the panel is unspecified
   */
  void pack(
      View x, int xAt, int firstPixel, int pixels, int firstUnit, int units, float[] panel, int to);

  /**
   * Where a whole tile's pixels lie in the input, counted from the first element of its image and
   * group, and follow each other; -1 if they must be packed.
   */
  default int place(int firstPixel) {
    return -1;
  }

  /** Elements between the steps of pixels that are read in place. */
  default int stepInPlace() {
    return 0;
  }
}
