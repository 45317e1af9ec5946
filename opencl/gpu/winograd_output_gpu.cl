// winograd_output_gpu - last launch of a Winograd convolution on GPUs: transforms the products back, epilogue.
//
// Work:     groups of GROUP; dim 0 = ceil(oc/4) * tiles * PARTS work-items, rounded up, each a part of one block of one
//           tile, see winograd_gpu.clh.
// Buffers:  0-2 m view, PLAIN [(m+2)^2][ceil(oc/4)][tiles][4]   3-5 y view, blocked [ceil(oc/4)][oh][ow][4]
//           6 bias [ceil(oc/4)*4]   7-9 residual view, as y
// Scalars:  10 has_residual   11 lo   12 hi   13 oc   14 oh   15 ow   16 first   17 tiles
// Defines:  C = 4   WINO_M = 2 or 4   GROUP   ACTIVATION(v)
// Host:     WinogradGpu.java        Cases: cases/conv2d_winograd.txt

#include "include/winograd_gpu.clh"

#include "include/epilogue.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void winograd_output_gpu(IN_VIEW(m), OUT_VIEW(y),
    EPILOGUE_PARAMETERS, const int oc, const int oh, const int ow, const int first, const int tiles) {
  const Lane lane = lane_of(get_global_id(0), tiles);
  const int blocks = (oc + C - 1) / C;
  if (lane.block >= blocks) return;

  const __global float *from = VIEW_ITEM(m, 0) + (long)lane.at * LANE_FLOATS;
  const long step = (long)blocks * tiles * C;
  WINO_VECTOR s[WINO_M * WINO_N];
#pragma unroll
  for (int j = 0; j < WINO_N; j++) {
    WINO_VECTOR p[WINO_N];
#pragma unroll
    for (int i = 0; i < WINO_N; i++) p[i] = LOAD_LANES(from + (i * WINO_N + j) * step);
    wino_output_line(p, s + j, WINO_N);
  }

  const WinoTile tile = wino_tile(first + lane.tile, oh, ow);
  const WINO_VECTOR start = LOAD_LANES(bias + lane.channel);
  const long place = (((long)lane.block * oh + tile.y) * ow + tile.x) * C + lane.channel % C;
#pragma unroll
  for (int i = 0; i < WINO_M; i++) {
    WINO_VECTOR q[WINO_M];
    wino_output_line(s + i * WINO_N, q, 1);
#pragma unroll
    for (int j = 0; j < WINO_M; j++) {
      if (tile.y + i >= oh || tile.x + j >= ow) continue;
      const long at = place + ((long)i * ow + j) * C;
      WINO_VECTOR v = q[j] + start;
      if (has_residual) v += LOAD_LANES(VIEW_ITEM(residual, tile.n) + at);
      v = ACTIVATION(v);
      STORE_LANES(MASK_LANES(v, oc - lane.channel), VIEW_ITEM(y, tile.n) + at);
    }
  }
}
