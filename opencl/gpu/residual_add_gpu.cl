// residual_add_gpu - y = activation(a + b) of two values of one shape; in place: yes.
//
// Work:     groups of GROUP; a work-item = one block of one pixel; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 a view, blocked [ceil(channels/4)][pixels][4]   3-5 b view   6-8 y view, both likewise
// Scalars:  9 channels   10 pixels = H*W   11 lo   12 hi (float, of the clamp)
// Defines:  GROUP   ACTIVATION(v), see activation.clh
// Host:     ResidualAddGpu.java        Cases: cases/residual_add.txt

#include "include/activation.clh"
#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void residual_add_gpu(IN_PLACE_IN_VIEW(a),
    IN_PLACE_IN_VIEW(b), IN_PLACE_OUT_VIEW(y), const int channels, const int pixels, const float lo, const float hi) {
  const uint item = get_global_id(2), at = get_global_id(0);
  const int block = at / pixels;
  if (block * 4 >= channels) return;
  const float4 v = LOAD4(VIEW_ITEM(a, item) + (long)at * 4) + LOAD4(VIEW_ITEM(b, item) + (long)at * 4);
  STORE4(MASK4(ACTIVATION(v), channels - block * 4), VIEW_ITEM(y, item) + (long)at * 4);
}
