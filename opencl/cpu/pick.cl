// pick - y[i] = x[table[i]], or 0 where the table has -1; elements are counted through all batch items.
//
// Work:     one work-item per group; dim 0 = runs of `run` elements of y.
// Buffers:  0-2 x view, PLAIN   3 table (int) [elements]   4-6 y view, PLAIN
// Scalars:  7 x_item   8 y_item: elements of a batch item   9 elements of y in all   10 run
// Defines:  none
// Host:     PickKernel.java        Cases: cases/pick.txt

#include "include/pick.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void pick(IN_VIEW(x), const __global int *restrict table,
    OUT_VIEW(y), const int x_item, const int y_item, const int elements, const int run) {
  const int first = (int)get_global_id(0) * run;
  const int end = first + min(run, elements - first);
  for (int i = first; i < end; i++) {
    VIEW_ITEM(y, 0)[place_of(i, y_item, y_batch)] = picked(VIEW_ITEM(x, 0), table[i], x_item, x_batch);
  }
}
