// binary_blocked - y = OP(a, b), element by element, in channel blocks; either operand may be one value a channel
//                  ([C,1,1]), one a pixel ([1,H,W]) or one in all; in place: yes, on an operand that has y's shape.
//
// Work:     one work-item per group; dim 0 = channel blocks, dim 1 = runs of 256 pixels, dim 2 = batch items.
// Buffers:  0-2 a view   3-5 b view   6-8 y view, blocked [ceil(channels/C)][pixels][C]
// Scalars:  9 channels   10 pixels = H*W
//           11 a_channels   12 a_pixels   13 a_batched   14 b_channels   15 b_pixels   16 b_batched: what the
//           operand has, each y's own or 1; batched 0 = every batch item reads the operand's first
//           17 lo   18 hi (float, of the clamp)
// Defines:  C = channel block   OP(a, b) = an expression in two floatCs; default a + b
//           ACTIVATION(v), see activation.clh
// Host:     BinaryBlocked.java        Cases: cases/binary_blocked.txt

#include "include/activation.clh"
#include "include/block.clh"
#include "include/view.clh"

#ifndef OP
#define OP(a, b) ((a) + (b))
#endif

// Pixels of a work-item; the host counts with the same figure.
#define RUN 256

// One operand at one pixel of a block; its only channel in every lane where it has but one.
static inline floatC operand(const __global float *p, int one_channel) { return one_channel ? (floatC)(*p) : LOADC(p); }

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void binary_blocked(IN_PLACE_IN_VIEW(a), IN_PLACE_IN_VIEW(b),
    IN_PLACE_OUT_VIEW(y), const int channels, const int pixels, const int a_channels, const int a_pixels,
    const int a_batched, const int b_channels, const int b_pixels, const int b_batched, const float lo,
    const float hi) {
  const int first = (int)get_global_id(1) * RUN;
  const int block = get_global_id(0);
  const int length = min(RUN, pixels - first);
  const int count = channels - block * C;
  const int a_step = a_pixels == 1 ? 0 : C, b_step = b_pixels == 1 ? 0 : C;
  const int a_one = a_channels == 1, b_one = b_channels == 1;
  const __global float *left =
      VIEW_ITEM(a, a_batched ? get_global_id(2) : 0) + first * a_step + (a_one ? 0 : (long)block * a_pixels * C);
  const __global float *right =
      VIEW_ITEM(b, b_batched ? get_global_id(2) : 0) + first * b_step + (b_one ? 0 : (long)block * b_pixels * C);
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)block * pixels + first) * C;

  for (int p = 0; p < length; p++) {
    const floatC l = operand(left + p * a_step, a_one);
    const floatC r = operand(right + p * b_step, b_one);
    const floatC v = OP(l, r);
    STOREC(MASKC(ACTIVATION(v), count), to + p * C);
  }
}
