// scatter - y = x with updates joined to its elements, those of one element in their order.
//
// Work:     one work-item per group; dim 0 = runs of `run` elements of y.
// Buffers:  0-2 x view, PLAIN   3 table (int), see scatter.clh   4-6 updates view, PLAIN   7-9 y view, like x
// Scalars:  10 item   11 update_item: elements of a batch item   12 elements of y in all   13 run
// Defines:  JOIN(so, v)   SUM, see scatter.clh
// Host:     ScatterKernel.java        Cases: cases/scatter.txt

#include "include/scatter.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void scatter(IN_VIEW(x), const __global int *restrict table,
    IN_VIEW(updates), OUT_VIEW(y), const int item, const int update_item, const int elements, const int run) {
  const int first = (int)get_global_id(0) * run;
  const int end = first + min(run, elements - first);
  for (int i = first; i < end; i++) {
    const float so = VIEW_ITEM(x, 0)[place_of(i, item, x_batch)];
    VIEW_ITEM(y, 0)
    [place_of(i, item, y_batch)] = scattered(so, i, elements, table, VIEW_ITEM(updates, 0), update_item, updates_batch);
  }
}
