// resize - y = the weighted sum of each element's neighbours in x, along rows and columns.
//
// Work:     one work-item per group; dim 0 = rows of y, dim 1 = channel blocks, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][ih][iw][C]   3-5 y view, blocked [ceil(channels/C)][oh][ow][C]
//           6 rows [oh][1 + 2 * row_taps]: how many neighbours, and of each the row of x and the weight
//           7 columns [ow][1 + 2 * column_taps], likewise
// Scalars:  8 channels   9 ih   10 iw   11 oh   12 ow   13 row_taps   14 column_taps: the most neighbours that any has
// Defines:  C = channel block
// Host:     ResizeKernel.java        Cases: cases/resize.txt

#include "include/block.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void resize(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict rows, const __global float *restrict columns, const int channels, const int ih,
    const int iw, const int oh, const int ow, const int row_taps, const int column_taps) {
  const int row = get_global_id(0);
  const int block = get_global_id(1);
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)block * ih * iw * C;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)block * oh + row) * ow * C;
  const __global float *vertical = rows + (long)row * (1 + 2 * row_taps);
  for (int column = 0; column < ow; column++) {
    const __global float *horizontal = columns + (long)column * (1 + 2 * column_taps);
    floatC sum = (floatC)(0.0f);
    for (int i = 0; i < (int)vertical[0]; i++) {
      const __global float *line = from + (long)vertical[1 + 2 * i] * iw * C;
      floatC own = (floatC)(0.0f);
      for (int j = 0; j < (int)horizontal[0]; j++) {
        const floatC v = LOADC(line + (long)horizontal[1 + 2 * j] * C);
        own = fma(v, (floatC)(horizontal[2 + 2 * j]), own);
      }
      sum = fma(own, (floatC)(vertical[2 + 2 * i]), sum);
    }
    STOREC(MASKC(sum, channels - block * C), to + (long)column * C);
  }
}
