// binary_blocked_gpu - y = OP(a, b), element by element, in channel blocks; either operand may be one value a channel
//                      ([C,1,1]), one a pixel ([1,H,W]) or one in all; in place: yes, on an operand that has y's shape.
//
// Work:     groups of GROUP; a work-item = one block of one pixel; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 a view   3-5 b view   6-8 y view, blocked [ceil(channels/4)][pixels][4]
// Scalars:  9 channels   10 pixels = H*W
//           11 a_channels   12 a_pixels   13 a_batched   14 b_channels   15 b_pixels   16 b_batched: what the
//           operand has, each y's own or 1; batched 0 = every batch item reads the operand's first
//           17 lo   18 hi (float, of the clamp)
// Defines:  GROUP   OP(a, b) = an expression in two float4s; default a + b   ACTIVATION(v), see activation.clh
// Host:     BinaryBlockedGpu.java        Cases: cases/binary_blocked.txt

#include "include/activation.clh"
#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif
#ifndef OP
#define OP(a, b) ((a) + (b))
#endif

// An operand of an item at one pixel of a block; its only channel in every lane where it has but one.
static inline float4 operand(const __global float *p, int channels, int pixels, int block, int pixel) {
  const long at = ((channels == 1 ? 0 : (long)block * pixels) + (pixels == 1 ? 0 : pixel)) * 4;
  return channels == 1 ? (float4)(p[at]) : LOAD4(p + at);
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void binary_blocked_gpu(IN_PLACE_IN_VIEW(a),
    IN_PLACE_IN_VIEW(b), IN_PLACE_OUT_VIEW(y), const int channels, const int pixels, const int a_channels,
    const int a_pixels, const int a_batched, const int b_channels, const int b_pixels, const int b_batched,
    const float lo, const float hi) {
  const uint item = get_global_id(2), at = get_global_id(0);
  const int block = at / pixels, pixel = at - block * pixels;
  if (block * 4 >= channels) return;
  const float4 l = operand(VIEW_ITEM(a, a_batched ? item : 0), a_channels, a_pixels, block, pixel);
  const float4 r = operand(VIEW_ITEM(b, b_batched ? item : 0), b_channels, b_pixels, block, pixel);
  const float4 v = OP(l, r);
  STORE4(MASK4(ACTIVATION(v), channels - block * 4), VIEW_ITEM(y, item) + (long)at * 4);
}
