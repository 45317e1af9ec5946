// transpose_tile - transposes the axis of a PLAIN value that lies densest in x with the one that lies densest in y,
//                  through local memory: both sides touch whole lines.
//
// Work:     a group of GROUP = a tile of 32 x 32 of those two axes; dim 0 = tiles of all.
// Buffers:  0-2 x view   3-5 y view, PLAIN
// Scalars:  6 across: extent of the axis along which x has stride 1   7 y's stride along it
//           8 along: extent of the axis along which y has stride 1   9 x's stride along it
//           10-13 extents of four more axes, the last the fastest   14-17 x's strides along them   18-21 y's
//           22 start, in floats of x   23 first_item of x's batch
//           24 x_outer: which axis is x's batch, along which its stride counts items: 0-3 of the four, 4 `along`
//           25 y_outer: which is y's: 0-3, 4 `across`; -1 for none
// Defines:  GROUP, whole 32s
// Host:     TransposeTile.java        Cases: cases/transpose.txt

#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

#define TILE 32
#define STEP (GROUP / TILE)

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void transpose_tile(IN_VIEW(x), OUT_VIEW(y),
    const int across, const int y_across, const int along, const int x_along, const int e0, const int e1, const int e2,
    const int e3, const int x0, const int x1, const int x2, const int x3, const int y0, const int y1, const int y2,
    const int y3, const int start, const int first_item, const int x_outer, const int y_outer) {
  __local float tile[TILE][TILE + 1];
  const uint tiles_across = (across + TILE - 1) / TILE, tiles_along = (along + TILE - 1) / TILE;
  const uint group = get_group_id(0), stripe = group / tiles_across, plane = stripe / tiles_along;
  const uint box = plane / e3, block = box / e2, i0 = block / e1;
  const long i1 = block - i0 * e1, i2 = box - block * e2, i3 = plane - box * e3;
  const int column = (group - stripe * tiles_across) * TILE, row = (stripe - plane * tiles_along) * TILE;
#define ITEMS(axis, outer, batch) (outer == axis ? batch : 1)
  const __global float *from = VIEW_ITEM(x, first_item) + start + (long)i0 * x0 * ITEMS(0, x_outer, x_batch) +
                               i1 * x1 * ITEMS(1, x_outer, x_batch) + i2 * x2 * ITEMS(2, x_outer, x_batch) +
                               i3 * x3 * ITEMS(3, x_outer, x_batch);
  __global float *to = VIEW_ITEM(y, 0) + (long)i0 * y0 * ITEMS(0, y_outer, y_batch) +
                       i1 * y1 * ITEMS(1, y_outer, y_batch) + i2 * y2 * ITEMS(2, y_outer, y_batch) +
                       i3 * y3 * ITEMS(3, y_outer, y_batch);
  const long x_step = x_along * ITEMS(4, x_outer, x_batch), y_step = y_across * ITEMS(4, y_outer, y_batch);
  const int lane = get_local_id(0) % TILE, first = get_local_id(0) / TILE;

  for (int i = first; i < TILE; i += STEP) {
    if (row + i < along && column + lane < across) tile[i][lane] = from[(row + i) * x_step + column + lane];
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int i = first; i < TILE; i += STEP) {
    if (column + i < across && row + lane < along) to[(column + i) * y_step + row + lane] = tile[lane][i];
  }
}
