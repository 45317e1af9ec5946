// cumsum - running sums along one axis.
//
// Work:     one work-item per group; dim 0 = runs of C inner elements, dim 1 = outer, dim 2 = batch items.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, likewise
// Scalars:  6 axis   7 inner   8 along_batch: the axis is the batch, inner an item, dims 1 and 2 are 1
//           9 exclusive: a sum is of the elements before alone   10 reverse: sums run from the end
// Defines:  C = vector width
// Host:     CumSumKernel.java        Cases: cases/cumsum.txt

#include "include/block.clh"
#define NUMBER floatC
#include "include/compensated.clh"
#include "include/view.clh"

// `count` neighbouring elements, each with its own axis, whose elements lie a step apart.
static inline void columns(const __global float *x, const long x_step, __global float *y, const long y_step, int axis,
    int count, const int exclusive, const int reverse) {
  Compensated so = {(floatC)(0.0f), (floatC)(0.0f)};
  for (int k = 0; k < axis; k++) {
    const int i = reverse ? axis - 1 - k : k;
    const Compensated with = compensated_add(so, load_lanes(x + i * x_step, count));
    store_lanes(compensated(exclusive ? so : with), y + i * y_step, count);
    so = with;
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void cumsum(IN_VIEW(x), OUT_VIEW(y), const int axis,
    const int inner, const int along_batch, const int exclusive, const int reverse) {
  const int start = (int)get_global_id(0) * C;
  const long outer = (long)get_global_id(1) * axis * inner + start;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + outer;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + outer;
  const long x_step = along_batch ? x_batch : inner, y_step = along_batch ? y_batch : inner;
  columns(from, x_step, to, y_step, axis, inner - start, exclusive, reverse);
}
