// scatter_gpu - y = x with updates joined to its elements, those of one element in their order: no two work-items
//               write one element, so two runs are equal.
//
// Work:     groups of GROUP; a work-item = four elements, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 x view, PLAIN   3 table (int), see scatter.clh   4-6 updates view, PLAIN   7-9 y view, like x
// Scalars:  10 item   11 update_item: elements of a batch item   12 elements of y in all
// Defines:  GROUP   JOIN(so, v)   SUM, see scatter.clh
// Host:     ScatterGpu.java        Cases: cases/scatter.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/quad.clh"
#include "include/scatter.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void scatter_gpu(IN_VIEW(x),
    const __global int *restrict table, IN_VIEW(updates), OUT_VIEW(y), const int item, const int update_item,
    const int elements) {
  for (uint k = 0; k < 4; k++) {
    const uint i = QUAD_FIRST + k * GROUP;
    if (i < (uint)elements) {
      const float so = VIEW_ITEM(x, 0)[place_of(i, item, x_batch)];
      VIEW_ITEM(y, 0)
      [place_of(i, item, y_batch)] =
          scattered(so, i, elements, table, VIEW_ITEM(updates, 0), update_item, updates_batch);
    }
  }
}
