// binary - y = OP(a, b), element by element, PLAIN, with numpy broadcasting through strides; in place: yes, on
//          an operand that has y's shape.
//
// Work:     one work-item per group; dim 0 = runs of `rows` rows of y (a row is the last axis), dim 1 = 1,
//           dim 2 = batch items.
// Buffers:  0-2 a view   3-5 b view   6-8 y view, PLAIN [e0]..[e4] an item
// Scalars:  9 a_batched   10 b_batched: 0 = every batch item reads the operand's first   11 rows
//           12-16 e0..e4, y's extents   17-21 a's strides   22-26 b's strides, in floats, 0 = broadcast;
//           the last stride is 0 or 1
// Defines:  OP(a, b) = an expression in two floats or floatCs; default a + b   C = vector width
// Host:     op/Binary.java        Cases: cases/binary.txt

#include "include/block.clh"
#include "include/view.clh"

#ifndef OP
#define OP(a, b) ((a) + (b))
#endif

// `count` operands from p on, or *p in every lane where the stride is 0.
static inline floatC operand(const __global float *p, int stride, int count) {
  return stride ? load_lanes(p, count) : (floatC)(*p);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void binary(
    IN_PLACE_IN_VIEW(a), IN_PLACE_IN_VIEW(b), IN_PLACE_OUT_VIEW(y), const int a_batched,
    const int b_batched, const int rows, const int e0, const int e1, const int e2, const int e3,
    const int e4, const int a0, const int a1, const int a2, const int a3, const int a4,
    const int b0, const int b1, const int b2, const int b3, const int b4) {
  const __global float *left = VIEW_ITEM(a, a_batched ? get_global_id(2) : 0);
  const __global float *right = VIEW_ITEM(b, b_batched ? get_global_id(2) : 0);
  __global float *to = VIEW_ITEM(y, get_global_id(2));

  const int first = (int)get_global_id(0) * rows;
  const int end = min(e0 * e1 * e2 * e3, first + rows);
  for (int row = first; row < end; row++) {
    const int i3 = row % e3, i2 = row / e3 % e2, i1 = row / e3 / e2 % e1, i0 = row / e3 / e2 / e1;
    const __global float *l = left + (long)i0 * a0 + (long)i1 * a1 + (long)i2 * a2 + (long)i3 * a3;
    const __global float *r = right + (long)i0 * b0 + (long)i1 * b1 + (long)i2 * b2 + (long)i3 * b3;
    for (int i = 0; i < e4; i += C) {
      const floatC p = operand(l + (long)i * a4, a4, e4 - i);
      const floatC q = operand(r + (long)i * b4, b4, e4 - i);
      store_lanes(OP(p, q), to + (long)row * e4 + i, e4 - i);
    }
  }
}
