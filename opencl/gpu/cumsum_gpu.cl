// cumsum_gpu - running sums along one axis.
//
// Work:     groups of GROUP; a work-item = a row along the axis; dim 0 = rows of the whole batch.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, likewise
// Scalars:  6 axis   7 inner   8 item_rows = outer * inner   9 rows, of the whole batch
//           10 along_batch: the axis is the batch, inner an item, and that are all rows
//           11 exclusive: a sum is of the elements before alone   12 reverse: sums run from the end
// Defines:  GROUP
// Host:     CumSumGpu.java        Cases: cases/cumsum.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/compensated.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void cumsum_gpu(IN_VIEW(x), OUT_VIEW(y), const int axis,
    const int inner, const int item_rows, const int rows, const int along_batch, const int exclusive,
    const int reverse) {
  const int row = (int)get_global_id(0);
  if (row >= rows) return;
  const int item = row / item_rows, place = row % item_rows;
  const long start = (long)(place / inner) * axis * inner + place % inner;
  const __global float *from = VIEW_ITEM(x, item) + start;
  __global float *to = VIEW_ITEM(y, item) + start;
  const long x_step = along_batch ? x_batch : inner, y_step = along_batch ? y_batch : inner;

  Compensated so = {0.0f, 0.0f};
  for (int k = 0; k < axis; k++) {
    const int i = reverse ? axis - 1 - k : k;
    const Compensated with = compensated_add(so, from[i * x_step]);
    to[i * y_step] = compensated(exclusive ? so : with);
    so = with;
  }
}
