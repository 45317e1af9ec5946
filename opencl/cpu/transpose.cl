// transpose - y[i0]..[i5] = x[start + the sum of i * stride]: permutes the axes of a PLAIN value, or takes a slice.
//
// Work:     one work-item per group; dim 0 = runs of `rows` rows of y (a row is axis 5), dim 1 = 1, dim 2 = axis 0.
// Buffers:  0-2 x view   3-5 y view, PLAIN: axis 0 is the batch
// Scalars:  6 rows   7-11 y's extents along axes 1-5   12 start, in floats   13 first_item of x's batch
//           14 outer: the axis of y that is x's batch   15-20 x's strides along y's axes 0-5, in floats, along `outer`
//           in batch items
// Defines:  none
// Host:     StridedCopy.java        Cases: cases/transpose.txt

#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void transpose(IN_VIEW(x), OUT_VIEW(y), const int rows,
    const int e1, const int e2, const int e3, const int e4, const int e5, const int start, const int first_item,
    const int outer, const int s0, const int s1, const int s2, const int s3, const int s4, const int s5) {
  long s[] = {s0, s1, s2, s3, s4, s5};
  s[outer] *= x_batch;
  const __global float *from = VIEW_ITEM(x, first_item) + start + get_global_id(2) * s[0];
  __global float *to = VIEW_ITEM(y, get_global_id(2));
  const int first = (int)get_global_id(0) * rows;
  const int end = min(e1 * e2 * e3 * e4, first + rows);
  for (int row = first; row < end; row++) {
    const int i4 = row % e4, i3 = row / e4 % e3, i2 = row / e4 / e3 % e2, i1 = row / e4 / e3 / e2;
    const __global float *at = from + i1 * s[1] + i2 * s[2] + i3 * s[3] + i4 * s[4];
    for (int i = 0; i < e5; i++) to[(long)row * e5 + i] = at[i * s[5]];
  }
}
