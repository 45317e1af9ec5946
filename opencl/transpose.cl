// transpose - permutes the axes of a PLAIN value.
//
// Work:     one work-item per group; dim 0 = runs of `rows` rows of y (a row is the last axis), dim 1 = 1,
//           dim 2 = batch items (1, with all axes among the six, where the permutation moves the batch).
// Buffers:  0-2 x view   3-5 y view, PLAIN [e0]..[e5] an item
// Scalars:  6 rows   7-12 e0..e5, y's extents   13-18 x's strides along y's axes, in floats
// Defines:  none
// Host:     op/Transpose.java        Cases: cases/transpose.txt

#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void transpose(
    IN_VIEW(x), OUT_VIEW(y), const int rows, const int e0, const int e1, const int e2, const int e3,
    const int e4, const int e5, const int s0, const int s1, const int s2, const int s3,
    const int s4, const int s5) {
  const __global float *from = VIEW_ITEM(x, get_global_id(2));
  __global float *to = VIEW_ITEM(y, get_global_id(2));
  const int first = (int)get_global_id(0) * rows;
  const int end = min(e0 * e1 * e2 * e3 * e4, first + rows);
  for (int row = first; row < end; row++) {
    const int i4 = row % e4, i3 = row / e4 % e3, i2 = row / e4 / e3 % e2;
    const int i1 = row / e4 / e3 / e2 % e1, i0 = row / e4 / e3 / e2 / e1;
    const long at = (long)i0 * s0 + (long)i1 * s1 + (long)i2 * s2 + (long)i3 * s3 + (long)i4 * s4;
    for (int i = 0; i < e5; i++) to[(long)row * e5 + i] = from[at + (long)i * s5];
  }
}
