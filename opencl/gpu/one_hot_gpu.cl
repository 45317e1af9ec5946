// one_hot_gpu - y is on where its place along the depth is the index, off elsewhere.
//
// Work:     groups of GROUP; a work-item = four elements, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 indices view, PLAIN [outer][inner] in all   3-5 values view: off, on   6-8 y view [outer][depth][inner]
// Scalars:  9 depth, less than 2^24   10 inner   11 item   12 y_item: elements of a batch item   13 elements of y
// Defines:  GROUP
// Host:     OneHotGpu.java        Cases: cases/one_hot.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/one_hot.clh"
#include "include/quad.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void one_hot_gpu(IN_VIEW(indices), IN_VIEW(values),
    OUT_VIEW(y), const int depth, const int inner, const int item, const int y_item, const int elements) {
  const float off = *VIEW_ITEM(values, 0), on = *VIEW_ITEM(values, 1);
  for (uint k = 0; k < 4; k++) {
    const uint i = QUAD_FIRST + k * GROUP;
    if (i < (uint)elements) {
      const bool set = is_on(i, depth, inner, VIEW_ITEM(indices, 0), item, indices_batch);
      VIEW_ITEM(y, 0)[place_of(i, y_item, y_batch)] = set ? on : off;
    }
  }
}
