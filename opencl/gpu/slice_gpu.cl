// slice_gpu - every step-th element from a start on, along C, H and W: y[c][i][j] = x[c0 + c*dc][h0 + i*dh][w0 + j*dw].
//
// Work:     groups of GROUP; a work-item = one block of one pixel of y; dim 0 = blocks * oh * ow, rounded up, dim 2 =
//           batch.
// Buffers:  0-2 x view, blocked [][h][w][4]   3-5 y view, blocked [ceil(channels/4)][oh][ow][4]
// Scalars:  6 channels of y   7 h   8 w   9 oh   10 ow   11 c0   12 h0   13 w0   14 dc   15 dh   16 dw, of either sign
// Defines:  GROUP
// Host:     SliceBlockedGpu.java        Cases: cases/slice.txt

#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

// The element of a channel at one pixel, zero where there is none.
static inline float element(const __global float *at, long plane, int channel, bool exists) {
  return exists ? at[(channel >> 2) * plane + (channel & 3)] : 0.0f;
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void slice_gpu(IN_VIEW(x), OUT_VIEW(y), const int channels,
    const int h, const int w, const int oh, const int ow, const int c0, const int h0, const int w0, const int dc,
    const int dh, const int dw) {
  const uint at = get_global_id(0);
  const int line = at / ow, block = line / oh, count = channels - block * 4;
  if (count <= 0) return;
  const int row = h0 + (line - block * oh) * dh, column = w0 + (int)(at - line * ow) * dw;
  const int c = c0 + block * 4 * dc, skipped = c0 & 3;
  const long plane = (long)h * w * 4;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + ((long)row * w + column) * 4;

  float4 v;
  if (dc != 1) {
    v = (float4)(element(from, plane, c, true), element(from, plane, c + dc, count > 1),
        element(from, plane, c + 2 * dc, count > 2), element(from, plane, c + 3 * dc, count > 3));
  } else {
    const __global float *lower = from + (c >> 2) * plane;
    v = LOAD4(lower);
    if (skipped > 0) v = straddle(v, count > 4 - skipped ? LOAD4(lower + plane) : (float4)(0.0f), 4 - skipped);
    v = MASK4(v, count);
  }
  STORE4(v, VIEW_ITEM(y, get_global_id(2)) + (long)at * 4);
}
