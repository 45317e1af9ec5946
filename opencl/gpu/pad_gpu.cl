// pad_gpu - elements around H, W and C, or fewer of them where a padding is negative: y[i] = x[i - before] along each
//           axis, and where that lies outside of x, what the mode says.
//
// Work:     groups of GROUP; a work-item = one block of one pixel of y; dim 0 = blocks * oh * ow, rounded up, dim 2 =
//           batch.
// Buffers:  0-2 x view, blocked [][h][w][4]   3-5 y view, blocked [ceil(channels/4)][oh][ow][4]
// Scalars:  6 x_channels   7 h   8 w   9 channels of y   10 oh   11 ow   12 c_before   13 top   14 left
//           15 mode: 0 constant, 1 reflect (the edge not repeated), 2 edge, 3 wrap   16 value (float) of the constant
// Defines:  GROUP
// Host:     PadGpu.java        Cases: cases/pad.txt

#include "include/block4.clh"
#include "include/pad.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

// The element of a channel at one pixel, of which `at` is block 0, lane 0; the blocks' planes are `plane` floats.
static inline float element(const __global float *at, long plane, int channel, float value) {
  return channel < 0 ? value : at[(channel >> 2) * plane + (channel & 3)];
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void pad_gpu(IN_VIEW(x), OUT_VIEW(y), const int x_channels,
    const int h, const int w, const int channels, const int oh, const int ow, const int c_before, const int top,
    const int left, const int mode, const float value) {
  const uint at = get_global_id(0);
  const int line = at / ow, block = line / oh;
  if (block * 4 >= channels) return;
  const int row = source(line - block * oh - top, h, mode), column = source((int)(at - line * ow) - left, w, mode);
  const long plane = (long)h * w * 4;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + ((long)row * w + column) * 4;
  const bool whole_blocks = c_before == 0 && x_channels == channels || mode == CONSTANT && c_before % 4 == 0;
  const int c = block * 4 - c_before;

  float4 v = (float4)(value);
  if (row >= 0 && column >= 0) {
    if (!whole_blocks) {
      v.x = element(from, plane, source(c, x_channels, mode), value);
      v.y = element(from, plane, source(c + 1, x_channels, mode), value);
      v.z = element(from, plane, source(c + 2, x_channels, mode), value);
      v.w = element(from, plane, source(c + 3, x_channels, mode), value);
    } else if (c >= 0 && c < x_channels) {
      v = select(v, LOAD4(from + (c >> 2) * plane), LANES4 < (int4)(x_channels - c));
    }
  }
  STORE4(MASK4(v, channels - block * 4), VIEW_ITEM(y, get_global_id(2)) + (long)at * 4);
}
