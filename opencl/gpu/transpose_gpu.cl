// transpose_gpu - y[i0]..[i5] = x[start + the sum of i * stride]: permutes the axes of a PLAIN value, or takes a slice.
//
// Work:     groups of GROUP; a work-item = four elements of y, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 x view   3-5 y view, PLAIN: axis 0 is the batch
// Scalars:  6 elements of y in all   7-11 y's extents along axes 1-5   12 start, in floats   13 first_item of x's batch
//           14 outer: the axis of y that is x's batch   15-20 x's strides along y's axes 0-5, in floats, along `outer`
//           in batch items
// Defines:  GROUP
// Host:     RearrangementGpu.java        Cases: cases/transpose.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/axes.clh"
#include "include/quad.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void transpose_gpu(IN_VIEW(x), OUT_VIEW(y),
    const int elements, const int e1, const int e2, const int e3, const int e4, const int e5, const int start,
    const int first_item, const int outer, const int s0, const int s1, const int s2, const int s3, const int s4,
    const int s5) {
  const Extents e = {e1, e2, e3, e4, e5};
  const Strides s = strides_of(outer, x_batch, s0, s1, s2, s3, s4, s5);
  const __global float *from = VIEW_ITEM(x, first_item) + start;
  const uint first = QUAD_FIRST;
  const float4 v = load_strided(from, first, elements, e, s);
  store_quad(v, VIEW_ITEM(y, 0), first, elements, e1 * e2 * e3 * e4 * e5, y_batch);
}
