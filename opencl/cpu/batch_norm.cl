// batch_norm - y = activation(x * scale[channel] + shift[channel]); in place: yes.
//
// Work:     one work-item per group; dim 0 = channel blocks, dim 1 = runs of 256 pixels, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][pixels][C]   3-5 y view, likewise
//           6 scale [ceil(channels/C)*C]   7 shift, likewise
// Scalars:  8 channels   9 pixels = H*W   10 lo   11 hi (float, of the clamp)
// Defines:  C = channel block   ACTIVATION(v), see activation.clh
// Host:     BatchNormKernel.java        Cases: cases/batch_norm.txt

#include "include/activation.clh"
#include "include/block.clh"
#include "include/view.clh"

// Pixels of a work-item; the host counts with the same figure.
#define RUN 256

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void batch_norm(IN_PLACE_IN_VIEW(x), IN_PLACE_OUT_VIEW(y),
    const __global float *restrict scale, const __global float *restrict shift, const int channels, const int pixels,
    const float lo, const float hi) {
  const int first = (int)get_global_id(1) * RUN;
  const int block = get_global_id(0);
  const int length = min(RUN, pixels - first);
  const int count = channels - block * C;
  const long start = ((long)block * pixels + first) * C;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + start;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + start;

  const floatC factor = LOADC(scale + block * C);
  const floatC addend = LOADC(shift + block * C);
  for (int p = 0; p < length; p++) {
    const floatC v = fma(LOADC(from + p * C), factor, addend);
    STOREC(MASKC(ACTIVATION(v), count), to + p * C);
  }
}
