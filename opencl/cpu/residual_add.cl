// residual_add - y = activation(a + b) of two values of one shape; in place: yes.
//
// Work:     one work-item per group; dim 0 = channel blocks, dim 1 = runs of 256 pixels, dim 2 = batch items.
// Buffers:  0-2 a view, blocked [ceil(channels/C)][pixels][C]   3-5 b view   6-8 y view, both likewise
// Scalars:  9 channels   10 pixels = H*W   11 lo   12 hi (float, of the clamp)
// Defines:  C = channel block   ACTIVATION(v), see activation.clh
// Host:     ResidualAdd.java        Cases: cases/residual_add.txt

#include "include/activation.clh"
#include "include/block.clh"
#include "include/view.clh"

// Pixels of a work-item; the host counts with the same figure.
#define RUN 256

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void residual_add(IN_PLACE_IN_VIEW(a), IN_PLACE_IN_VIEW(b),
    IN_PLACE_OUT_VIEW(y), const int channels, const int pixels, const float lo, const float hi) {
  const int first = (int)get_global_id(1) * RUN;
  const int block = get_global_id(0);
  const int length = min(RUN, pixels - first);
  const int count = channels - block * C;
  const long start = ((long)block * pixels + first) * C;
  const __global float *left = VIEW_ITEM(a, get_global_id(2)) + start;
  const __global float *right = VIEW_ITEM(b, get_global_id(2)) + start;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + start;

  for (int p = 0; p < length; p++) {
    const floatC v = LOADC(left + p * C) + LOADC(right + p * C);
    STOREC(MASKC(ACTIVATION(v), count), to + p * C);
  }
}
