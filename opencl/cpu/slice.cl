// slice - every step-th element from a start on, along C, H and W: y[c][i][j] = x[c0 + c*dc][h0 + i*dh][w0 + j*dw].
//
// Work:     one work-item per group; dim 0 = output rows, dim 1 = output channel blocks, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [][h][w][C]   3-5 y view, blocked [ceil(channels/C)][oh][ow][C]
// Scalars:  6 channels of y   7 h   8 w   9 oh   10 ow   11 c0   12 h0   13 w0   14 dc   15 dh   16 dw, of either sign
// Defines:  C = channel block
// Host:     SliceBlocked.java        Cases: cases/slice.txt

#include "include/block.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void slice(IN_VIEW(x), OUT_VIEW(y), const int channels,
    const int h, const int w, const int oh, const int ow, const int c0, const int h0, const int w0, const int dc,
    const int dh, const int dw) {
  const int i = get_global_id(0);
  const int block = get_global_id(1);
  const int count = min(C, channels - block * C);
  const int pixels = h * w;
  const int row = (h0 + i * dh) * w + w0;
  const __global float *from = VIEW_ITEM(x, get_global_id(2));
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)block * oh + i) * ow * C;

  if (dc == 1 && c0 % C == 0) {
    const __global float *plane = from + (long)(c0 / C + block) * pixels * C;
    for (int j = 0; j < ow; j++) {
      STOREC(MASKC(LOADC(plane + (long)(row + j * dw) * C), count), to + j * C);
    }
    return;
  }
  for (int j = 0; j < ow; j++) {
    for (int lane = 0; lane < C; lane++) {
      const int c = c0 + (block * C + lane) * dc;
      const long at = ((long)(c / C) * pixels + row + j * dw) * C + c % C;
      to[j * C + lane] = lane < count ? from[at] : 0.0f;
    }
  }
}
