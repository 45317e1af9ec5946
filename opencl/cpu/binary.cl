// binary - y = OP(a, b), element by element, PLAIN, with numpy broadcasting through strides; in place: yes, on
//          an operand that has y's shape.
//
// Work:     one work-item per group; dim 0 = runs of `rows` rows of y (a row is axis 5), dim 1 = 1, dim 2 = axis 0.
// Buffers:  0-2 a view   3-5 b view   6-8 y view, PLAIN: axis 0 is the batch
// Scalars:  9 lo   10 hi (float, of the clamp)   11 rows   12-16 y's extents along axes 1-5
//           17 a_outer: the axis of y that is a's batch, whose stride is the view's; -1 for none
//           18-23 a's strides along axes 0-5, in floats, 0 = broadcast; the last is 0 or 1   24-30 likewise b's
// Defines:  C = vector width   OP(a, b) = an expression in two floatCs; default a + b
//           ACTIVATION(v), see activation.clh
// Host:     BinaryPlain.java        Cases: cases/binary.txt

#include "include/activation.clh"
#include "include/block.clh"
#include "include/view.clh"

#ifndef OP
#define OP(a, b) ((a) + (b))
#endif

// `count` operands from p on, or *p in every lane where the stride is 0.
static inline floatC operand(const __global float *p, int stride, int count) {
  return stride ? load_lanes(p, count) : (floatC)(*p);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void binary(IN_PLACE_IN_VIEW(a), IN_PLACE_IN_VIEW(b),
    IN_PLACE_OUT_VIEW(y), const float lo, const float hi, const int rows, const int e1, const int e2, const int e3,
    const int e4, const int e5, const int a_outer, const int a0, const int a1, const int a2, const int a3, const int a4,
    const int a5, const int b_outer, const int b0, const int b1, const int b2, const int b3, const int b4,
    const int b5) {
  long l[] = {a0, a1, a2, a3, a4}, r[] = {b0, b1, b2, b3, b4};
  if (a_outer >= 0) l[a_outer] = a_batch;
  if (b_outer >= 0) r[b_outer] = b_batch;
  const long i0 = get_global_id(2);
  const __global float *left = VIEW_ITEM(a, 0) + i0 * l[0], *right = VIEW_ITEM(b, 0) + i0 * r[0];
  __global float *to = VIEW_ITEM(y, i0);

  const int first = (int)get_global_id(0) * rows;
  const int end = min(e1 * e2 * e3 * e4, first + rows);
  for (int row = first; row < end; row++) {
    const int i4 = row % e4, i3 = row / e4 % e3, i2 = row / e4 / e3 % e2, i1 = row / e4 / e3 / e2;
    const __global float *p = left + i1 * l[1] + i2 * l[2] + i3 * l[3] + i4 * l[4];
    const __global float *q = right + i1 * r[1] + i2 * r[2] + i3 * r[3] + i4 * r[4];
    for (int i = 0; i < e5; i += C) {
      const floatC m = operand(p + (long)i * a5, a5, e5 - i), n = operand(q + (long)i * b5, b5, e5 - i);
      const floatC v = OP(m, n);
      store_lanes(ACTIVATION(v), to + (long)row * e5 + i, e5 - i);
    }
  }
}
