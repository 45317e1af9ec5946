// winograd_input_gpu - first of the three launches of a Winograd convolution on GPUs: transforms the tiles.
//
// A call takes `tiles` tiles from `first` on; calls over all tiles in turn need less scratch than one.
// Work:     groups of GROUP; dim 0 = ceil(ic/4) * tiles * PARTS work-items, rounded up, each a part of one block of one
//           tile, see winograd_gpu.clh.
// Buffers:  0-2 x view, blocked [ceil(ic/4)][ih][iw][4]   3-5 v view, PLAIN [(m+2)^2][ceil(ic/4)][tiles][4]
// Scalars:  6 ic   7 ih   8 iw   9 oh   10 ow   11 pad_top   12 pad_left   13 first   14 tiles
// Defines:  C = 4   WINO_M = 2 or 4   GROUP
// Host:     WinogradGpu.java        Cases: cases/conv2d_winograd.txt

#include "include/winograd_gpu.clh"

#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void winograd_input_gpu(IN_VIEW(x), OUT_VIEW(v),
    const int ic, const int ih, const int iw, const int oh, const int ow, const int pad_top, const int pad_left,
    const int first, const int tiles) {
  const Lane lane = lane_of(get_global_id(0), tiles);
  const int blocks = (ic + C - 1) / C;
  if (lane.block >= blocks) return;
  const WinoTile tile = wino_tile(first + lane.tile, oh, ow);
  const int top = tile.y - pad_top, left = tile.x - pad_left;
  const __global float *plane = VIEW_ITEM(x, tile.n) + (long)lane.block * ih * iw * C + lane.channel % C;

  // What lies outside is read at the nearest place inside and dropped: no branches, so all loads are under way at once.
  int column[WINO_N];
#pragma unroll
  for (int j = 0; j < WINO_N; j++) column[j] = clamp(left + j, 0, iw - 1) * C;
  WINO_VECTOR e[WINO_POINTS];
#pragma unroll
  for (int i = 0; i < WINO_N; i++) {
    const int y = top + i;
    const __global float *row = plane + (long)clamp(y, 0, ih - 1) * iw * C;
#pragma unroll
    for (int j = 0; j < WINO_N; j++) {
      const bool inside = y >= 0 & y < ih & left + j >= 0 & left + j < iw;
      const WINO_VECTOR d = LOAD_LANES(row + column[j]);
      e[i * WINO_N + j] = inside ? d : (WINO_VECTOR)(0.0f);
    }
    wino_input_line(e + i * WINO_N);
  }

  __global float *to = VIEW_ITEM(v, 0) + (long)lane.at * LANE_FLOATS;
  const long step = (long)blocks * tiles * C;
#pragma unroll
  for (int j = 0; j < WINO_N; j++) {
    WINO_VECTOR d[WINO_N];
#pragma unroll
    for (int i = 0; i < WINO_N; i++) d[i] = e[i * WINO_N + j];
    wino_input_line(d);
#pragma unroll
    for (int i = 0; i < WINO_N; i++) STORE_LANES(d[i], to + (i * WINO_N + j) * step);
  }
}
