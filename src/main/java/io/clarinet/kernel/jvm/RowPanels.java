package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel.View;

/**
 * Panels of a matrix of plain rows, each row a pixel: a step is a block of neighbouring columns.
 *
 * @param columns of the matrix
 */
record RowPanels(int columns, int block) implements Panels {

  @Override
  public int units() {
    return ceilDiv(columns, block);
  }

  @Override
  public int stepsPerUnit() {
    return 1;
  }

  @Override
  public void pack(
      View x,
      int xAt,
      int firstPixel,
      int pixels,
      int firstUnit,
      int units,
      float[] panel,
      int to) {
    for (int p = 0; p < pixels; p++) {
      int row = xAt + (firstPixel + p) * x.batchStride();
      for (int u = 0; u < units; u++) {
        int column = (firstUnit + u) * block;
        int count = Math.min(block, columns - column);
        int at = to + (u * RegisterTile.PIXELS + p) * block;
        System.arraycopy(x.data(), row + column, panel, at, count);
        for (int i = count; i < block; i++) {
          panel[at + i] = 0;
        }
      }
    }
  }
}
