// pad - elements around H, W and C, or fewer of them where a padding is negative: y[i] = x[i - before] along each
//       axis, and where that lies outside of x, what the mode says.
//
// Work:     one work-item per group; dim 0 = output rows, dim 1 = output channel blocks, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [][h][w][C]   3-5 y view, blocked [ceil(channels/C)][oh][ow][C]
// Scalars:  6 x_channels   7 h   8 w   9 channels of y   10 oh   11 ow   12 c_before   13 top   14 left
//           15 mode: 0 constant, 1 reflect (the edge not repeated), 2 edge, 3 wrap   16 value (float) of the constant
// Defines:  C = channel block
// Host:     PadKernel.java        Cases: cases/pad.txt

#include "include/block.clh"
#include "include/pad.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void pad(IN_VIEW(x), OUT_VIEW(y), const int x_channels,
    const int h, const int w, const int channels, const int oh, const int ow, const int c_before, const int top,
    const int left, const int mode, const float value) {
  const int block = get_global_id(1);
  const int count = min(C, channels - block * C);
  const int row = source((int)get_global_id(0) - top, h, mode);
  const __global float *from = VIEW_ITEM(x, get_global_id(2));
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)block * oh + get_global_id(0)) * ow * C;

  if (c_before == 0 && x_channels == channels) {
    const __global float *plane = from + (long)block * h * w * C;
    for (int j = 0; j < ow; j++) {
      const int column = source(j - left, w, mode);
      const bool inside = row >= 0 && column >= 0;
      const floatC v = inside ? LOADC(plane + ((long)row * w + column) * C) : (floatC)(value);
      STOREC(MASKC(v, count), to + j * C);
    }
    return;
  }
  for (int j = 0; j < ow; j++) {
    const int column = source(j - left, w, mode);
    for (int lane = 0; lane < C; lane++) {
      const int c = source(block * C + lane - c_before, x_channels, mode);
      const bool inside = row >= 0 && column >= 0 && c >= 0;
      const long at = (((long)(c / C) * h + row) * w + column) * C + c % C;
      to[j * C + lane] = lane >= count ? 0.0f : inside ? from[at] : value;
    }
  }
}
