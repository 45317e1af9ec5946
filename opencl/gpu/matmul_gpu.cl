// matmul_gpu - y = a * b in tiles, matrices in the last two axes, the others broadcast through strides.
//
// Work:     groups of GROUP; a group = a tile of one pair of matrices, see gemm_tile.clh;
//           dim 0 = tiles of rows * tiles of columns, the latter side by side, dim 1 = axes 1-3 of y, dim 2 = axis 0.
// Buffers:  0-2 a view   3-5 b view   6-8 y view, PLAIN: axis 0 is the batch
// Scalars:  9-13 y's extents along axes 1-5   14 depth: the length of the sums
//           15 a_outer: which of the axes, y's 0-5 or 6 for the sum, is a's batch, whose stride is the view's; -1 none
//           16-22 a's strides along these axes, in floats, 0 = broadcast and along 5, 1 along 6
//           23-30 likewise b's, along 5 = 1
// Defines:  GROUP, TILE_..., LANE_..., K_SHARES, RUN_SLABS: see gemm_tile.clh
// Host:     MatMulGpu.java        Cases: cases/matmul.txt

#include "include/gemm_tile.clh"
#include "include/plain4.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void matmul_gpu(IN_VIEW(a), IN_VIEW(b), OUT_VIEW(y),
    const int e1, const int e2, const int e3, const int e4, const int e5, const int depth, const int a_outer,
    const int a0, const int a1, const int a2, const int a3, const int a4, const int a5, const int a6, const int b_outer,
    const int b0, const int b1, const int b2, const int b3, const int b4, const int b5, const int b6) {
#define STRIDE(x, axis) (x##_outer == axis ? x##_batch : x##axis)
  const int column_tiles = (e5 + TILE_N - 1) / TILE_N, lane = (int)get_local_id(0);
  const int row_tile = (int)get_group_id(0) / column_tiles;
  const int row = row_tile * TILE_M, column = ((int)get_group_id(0) - row_tile * column_tiles) * TILE_N;
  const int i0 = (int)get_group_id(2), outer = (int)get_group_id(1), i3 = outer % e3, i2 = outer / e3 % e2,
            i1 = outer / e3 / e2;
  const __global float *left = VIEW_ITEM(a, 0) + i0 * STRIDE(a, 0) + i1 * STRIDE(a, 1) + i2 * STRIDE(a, 2) +
                               i3 * STRIDE(a, 3) + (long)row * STRIDE(a, 4);
  const __global float *right =
      VIEW_ITEM(b, 0) + i0 * STRIDE(b, 0) + i1 * STRIDE(b, 1) + i2 * STRIDE(b, 2) + i3 * STRIDE(b, 3) + column;
  const long row_step = STRIDE(a, 4), right_step = STRIDE(b, 6);
  const TileLane own = tile_lane();

  float4 sum[LANE_M][LANE_BLOCKS];
  tile_clear(sum);
  __local float4 slabs[SLABS_FLOAT4S];
  int term = 0;
#define ROW ((lane + i * GROUP) % TILE_M)
#define ROW_TERM (term + (lane + i * GROUP) / TILE_M * 4)
#define COLUMN ((lane + i * GROUP) % TILE_BLOCKS * 4)
#define COLUMN_TERM (term + (lane + i * GROUP) / TILE_BLOCKS)
  TILE_SLABS(sum, slabs, own, 0, (depth + TILE_K - 1) / TILE_K,
      load_plain4(left + ROW * row_step + ROW_TERM, row + ROW < e4 ? depth - ROW_TERM : 0),
      load_plain4(right + COLUMN_TERM * right_step + COLUMN, COLUMN_TERM < depth ? e5 - column - COLUMN : 0),
      term += TILE_K)

  __global float *to = VIEW_ITEM(y, i0) + ((long)outer * e4 + row) * e5 + column;
#define PUT(r, b, v) store_plain4(v, to + (long)(r)*e5 + (b)*4, row + (r) < e4 ? e5 - column - (b)*4 : 0)
  TILE_SUMS(sum, slabs, own, PUT)
}
