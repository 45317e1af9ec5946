// dense_gemm - y = epilogue(x * weights) in tiles: a dense layer of many rows.
//
// With SPLIT the sums of one slice of the terms go to y as they are, and dense_gemm_reduce finishes them.
//
// Work:     groups of GROUP; a group = a tile of one slice of the slabs, see gemm_tile.clh;
//           dim 0 = tiles of rows * tiles of outputs, the latter side by side, dim 1 = slices.
// Buffers:  0-2 x view, PLAIN [rows][k], its batch stride the row stride
//           3-5 y view, PLAIN [rows][outputs], likewise; with SPLIT scratch [slice][rows][ceil(outputs/TILE_N)*TILE_N]
//           6 weights [ceil(outputs/TILE_N)][ceil(k/TILE_K)][TILE_K][TILE_N], zeros beyond both
//           7 bias [ceil(outputs/4)*4]   8-10 residual view, as y
// Scalars:  11 has_residual   12 lo   13 hi (float)   14 rows   15 k   16 outputs
// Defines:  C = 4   GROUP, TILE_..., LANE_..., K_SHARES, RUN_SLABS: see gemm_tile.clh   SPLIT = 0 or 1
//           WEIGHTS_HALF: weights are binary16   ACTIVATION(v)
// Host:     DenseGemm.java        Cases: cases/dense.txt

#ifndef C
#define C 4
#endif

#include "include/epilogue.clh"
#include "include/gemm_tile.clh"
#include "include/plain4.clh"

#ifndef SPLIT
#define SPLIT 0
#endif

#ifdef WEIGHTS_HALF
#define WEIGHT half
#define LOAD_WEIGHTS(at) vload_half4(at, weights)
#else
#define WEIGHT float
#define LOAD_WEIGHTS(at) LOAD4(weights + (at)*4)
#endif

// Where finished sums go.
typedef struct {
  __global float *y;
  long y_batch;
  const __global float *bias, *residual;
  long residual_batch;
  int has_residual, rows, outputs;
  float lo, hi;
} Output;

// Finishes 4 outputs of a row.
INLINE void put(const Output out, const int row, const int output, float4 sum) {
  const int count = row < out.rows ? out.outputs - output : 0;
  if (count <= 0) return;
  const float lo = out.lo, hi = out.hi;
  sum += LOAD4(out.bias + output);
  if (out.has_residual) sum += load_plain4(out.residual + row * out.residual_batch + output, count);
  store_plain4(ACTIVATION(sum), out.y + row * out.y_batch + output, count);
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void dense_gemm(IN_VIEW(x), OUT_VIEW(y),
    const __global WEIGHT *restrict weights, EPILOGUE_PARAMETERS, const int rows, const int k, const int outputs) {
  const int column_tiles = (outputs + TILE_N - 1) / TILE_N, lane = (int)get_local_id(0);
  const int row_tile = (int)get_group_id(0) / column_tiles,
            column_tile = (int)get_group_id(0) - row_tile * column_tiles;
  const int row = row_tile * TILE_M, column = column_tile * TILE_N, slabs = (k + TILE_K - 1) / TILE_K;
  const int slice = (int)get_group_id(1), slices = (int)get_num_groups(1);
  const int begin = (int)((long)slabs * slice / slices), end = (int)((long)slabs * (slice + 1) / slices);
  const TileLane own = tile_lane();

  float4 sum[LANE_M][LANE_BLOCKS];
  tile_clear(sum);
  __local float4 slabs_in[SLABS_FLOAT4S];
  const __global float *left = VIEW_ITEM(x, row);
  int term = begin * TILE_K;
  size_t at = ((size_t)column_tile * slabs + begin) * RIGHT_SLAB + lane;
#define ROW ((lane + i * GROUP) % TILE_M)
#define ROW_TERM (term + (lane + i * GROUP) / TILE_M * 4)
  TILE_SLABS(sum, slabs_in, own, begin, end,
             load_plain4(left + ROW * x_batch + ROW_TERM, row + ROW < rows ? k - ROW_TERM : 0),
             LOAD_WEIGHTS(at + i * GROUP), term += TILE_K;
             at += RIGHT_SLAB)

#if SPLIT
  const long width = (long)column_tiles * TILE_N;
  __global float *to = VIEW_ITEM(y, 0) + (long)slice * rows * width;
#define PUT(r, b, v) \
  if (row + (r) < rows) STORE4(v, to + (row + (r)) * width + column + (b)*4)
#else
  const Output out = {
      VIEW_ITEM(y, 0), y_batch, bias, VIEW_ITEM(residual, 0), residual_batch, has_residual, rows, outputs, lo, hi};
#define PUT(r, b, v) put(out, row + (r), column + (b)*4, v)
#endif
  TILE_SUMS(sum, slabs_in, own, PUT)
}
