// batch_norm_gpu - y = activation(x * scale[channel] + shift[channel]); in place: yes.
//
// Work:     groups of GROUP; a work-item = one block of one pixel; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][pixels][4]   3-5 y view, likewise
//           6 scale [ceil(channels/4)*4]   7 shift, likewise
// Scalars:  8 channels   9 pixels = H*W   10 lo   11 hi (float, of the clamp)
// Defines:  GROUP   ACTIVATION(v), see activation.clh
// Host:     BatchNormGpu.java        Cases: cases/batch_norm.txt

#include "include/activation.clh"
#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void batch_norm_gpu(IN_PLACE_IN_VIEW(x),
    IN_PLACE_OUT_VIEW(y), const __global float *restrict scale, const __global float *restrict shift,
    const int channels, const int pixels, const float lo, const float hi) {
  const uint at = get_global_id(0);
  const int block = at / pixels;
  if (block * 4 >= channels) return;
  const float4 in = LOAD4(VIEW_ITEM(x, get_global_id(2)) + (long)at * 4);
  const float4 v = fma(in, LOAD4(scale + block * 4), LOAD4(shift + block * 4));
  STORE4(MASK4(ACTIVATION(v), channels - block * 4), VIEW_ITEM(y, get_global_id(2)) + (long)at * 4);
}
