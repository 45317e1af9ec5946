// pick_gpu - y[i] = x[table[i]], or 0 where the table has -1; elements are counted through all batch items.
//
// Work:     groups of GROUP; a work-item = four elements, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 x view, PLAIN   3 table (int) [elements]   4-6 y view, PLAIN
// Scalars:  7 x_item   8 y_item: elements of a batch item   9 elements of y in all
// Defines:  GROUP
// Host:     PickGpu.java        Cases: cases/pick.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/pick.clh"
#include "include/quad.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void pick_gpu(IN_VIEW(x),
    const __global int *restrict table, OUT_VIEW(y), const int x_item, const int y_item, const int elements) {
  for (uint k = 0; k < 4; k++) {
    const uint i = QUAD_FIRST + k * GROUP;
    if (i < (uint)elements) {
      VIEW_ITEM(y, 0)[place_of(i, y_item, y_batch)] = picked(VIEW_ITEM(x, 0), table[i], x_item, x_batch);
    }
  }
}
