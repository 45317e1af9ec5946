// unary_gpu - y = ACTIVATION(x), element by element, in channel blocks; in place: yes.
//
// Work:     groups of GROUP; a work-item = one block of one pixel; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][pixels][4]   3-5 y view, likewise
// Scalars:  6 channels   7 pixels = H*W   8 lo   9 hi (float, of the clamp)
// Defines:  GROUP   ACTIVATION(v), see activation.clh
// Host:     UnaryGpu.java        Cases: cases/unary.txt

#include "include/activation.clh"
#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void unary_gpu(
    IN_PLACE_IN_VIEW(x), IN_PLACE_OUT_VIEW(y), const int channels, const int pixels, const float lo, const float hi) {
  const uint at = get_global_id(0);
  const uint block = at / pixels;
  if (block * 4 >= channels) return;
  const float4 v = LOAD4(VIEW_ITEM(x, get_global_id(2)) + (long)at * 4);
  STORE4(MASK4(ACTIVATION(v), channels - (int)(block * 4)), VIEW_ITEM(y, get_global_id(2)) + (long)at * 4);
}
