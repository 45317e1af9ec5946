// pad - pads H, W and C, after cropping them: y[i] = x[first + place(i - before)] along each axis, where place maps
//       what lies outside [0, length) as the mode says. A negative pad is a crop.
//
// Work:     one work-item per group; dim 0 = output rows, dim 1 = output channel blocks, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [][h][w][C]   3-5 y view, blocked [ceil(channels/C)][oh][ow][C]
// Scalars:  6 channels of y   7 h   8 w   9 oh   10 ow   11 mode: 0 constant, 1 reflect, 2 edge   12 value (float)
//           13-15 C's first, length, before   16-18 H's   19-21 W's: the part of x that is kept, padding before it
// Defines:  C = channel block
// Host:     op/Pad.java        Cases: cases/pad.txt

#include "include/block.clh"
#include "include/view.clh"

#define CONSTANT 0
#define REFLECT 1

// Where output index i reads x, or -1 for the constant.
static inline int source(int i, int first, int length, int before, int mode) {
  const int j = i - before;
  if (j >= 0 && j < length) return first + j;
  if (mode == CONSTANT) return -1;
  if (mode == REFLECT && length > 1) {
    const int period = 2 * (length - 1);
    const int folded = (j % period + period) % period;
    return first + min(folded, period - folded);
  }
  return first + clamp(j, 0, length - 1);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void pad(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int h, const int w, const int oh,
    const int ow, const int mode, const float value, const int c_first, const int c_length,
    const int c_before, const int h_first, const int h_length, const int h_before,
    const int w_first, const int w_length, const int w_before) {
  const int block = get_global_id(1);
  const int count = min(C, channels - block * C);
  const int pixels = h * w;
  const int row = source(get_global_id(0), h_first, h_length, h_before, mode);
  const __global float *from = VIEW_ITEM(x, get_global_id(2));
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)block * oh + get_global_id(0)) * ow * C;

  if (c_first == 0 && c_before == 0 && c_length == channels) {
    const __global float *plane = from + (long)block * pixels * C;
    for (int j = 0; j < ow; j++) {
      const int column = source(j, w_first, w_length, w_before, mode);
      const floatC v = row < 0 || column < 0 ? (floatC)(value) : LOADC(plane + (long)(row * w + column) * C);
      STOREC(MASKC(v, count), to + j * C);
    }
    return;
  }
  for (int j = 0; j < ow; j++) {
    const int column = source(j, w_first, w_length, w_before, mode);
    for (int lane = 0; lane < C; lane++) {
      const int c = source(block * C + lane, c_first, c_length, c_before, mode);
      const bool inside = row >= 0 && column >= 0 && c >= 0;
      const long at = ((long)(c / C) * pixels + row * w + column) * C + c % C;
      to[j * C + lane] = lane >= count ? 0.0f : inside ? from[at] : value;
    }
  }
}
