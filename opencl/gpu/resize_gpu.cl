// resize_gpu - y = the weighted sum of each element's neighbours in x, along rows and columns.
//
// Work:     groups of GROUP; a work-item = one block of one pixel of y; dim 0 = blocks * oh * ow, rounded up, dim 2 =
//           batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][ih][iw][4]   3-5 y view, blocked [ceil(channels/4)][oh][ow][4]
//           6 rows [oh][1 + 2 * row_taps]: how many neighbours, and of each the row of x and the weight
//           7 columns [ow][1 + 2 * column_taps], likewise
// Scalars:  8 channels   9 ih   10 iw   11 oh   12 ow   13 row_taps   14 column_taps: the most neighbours that any has
// Defines:  GROUP
// Host:     ResizeGpu.java        Cases: cases/resize.txt

#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void resize_gpu(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict rows, const __global float *restrict columns, const int channels, const int ih,
    const int iw, const int oh, const int ow, const int row_taps, const int column_taps) {
  const uint at = get_global_id(0);
  const int line = at / ow, block = line / oh;
  if (block * 4 >= channels) return;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)block * ih * iw * 4;
  const __global float *vertical = rows + (line - block * oh) * (1 + 2 * row_taps);
  const __global float *horizontal = columns + (at - line * ow) * (1 + 2 * column_taps);
  const int height = (int)vertical[0], width = (int)horizontal[0];

  float4 sum = (float4)(0.0f);
  for (int i = 0; i < height; i++) {
    const __global float *source = from + (long)vertical[1 + 2 * i] * iw * 4;
    float4 own = (float4)(0.0f);
    for (int j = 0; j < width; j++) {
      own = fma(LOAD4(source + (long)horizontal[1 + 2 * j] * 4), (float4)(horizontal[2 + 2 * j]), own);
    }
    sum = fma(own, (float4)(vertical[2 + 2 * i]), sum);
  }
  STORE4(MASK4(sum, channels - block * 4), VIEW_ITEM(y, get_global_id(2)) + (long)at * 4);
}
