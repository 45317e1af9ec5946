// reorder_to_blocked - copies a PLAIN image into channel blocks; the last block's padded lanes become zero.
//
// Work:     one work-item per group; dim 0 = runs of 256 pixels, dim 1 = channel blocks, dim 2 = batch items.
// Buffers:  0-2 x view, PLAIN [channels][pixels]   3-5 y view, blocked [ceil(channels/C)][pixels][C]
// Scalars:  6 channels   7 pixels = H*W
// Defines:  C = channel block
// Host:     ReorderKernel.java        Cases: cases/reorder.txt

#include "include/block.clh"
#include "include/view.clh"

// Pixels of a work-item; the host counts with the same figure.
#define RUN 256

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void reorder_to_blocked(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels) {
  const int first = (int)get_global_id(0) * RUN;
  const int block = get_global_id(1);
  const int end = min(pixels, first + RUN);
  const int count = min(C, channels - block * C);
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)block * C * pixels;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + (long)block * C * pixels;

  if (count < C) {
    for (int p = first; p < end; p++) STOREC((floatC)(0.0f), to + (long)p * C);
  }
  for (int c = 0; c < count; c++) {
    for (int p = first; p < end; p++) to[(long)p * C + c] = from[(long)c * pixels + p];
  }
}
