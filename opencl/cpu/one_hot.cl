// one_hot - y is on where its place along the depth is the index, off elsewhere.
//
// Work:     one work-item per group; dim 0 = runs of `run` elements of y.
// Buffers:  0-2 indices view, PLAIN [outer][inner] in all   3-5 values view: off, on   6-8 y view [outer][depth][inner]
// Scalars:  9 depth, less than 2^24   10 inner   11 item   12 y_item: elements of a batch item   13 elements of y
//           14 run
// Defines:  none
// Host:     OneHotKernel.java        Cases: cases/one_hot.txt

#include "include/one_hot.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void one_hot(IN_VIEW(indices), IN_VIEW(values), OUT_VIEW(y),
    const int depth, const int inner, const int item, const int y_item, const int elements, const int run) {
  const float off = *VIEW_ITEM(values, 0), on = *VIEW_ITEM(values, 1);
  const int first = (int)get_global_id(0) * run;
  const int end = first + min(run, elements - first);
  for (int i = first; i < end; i++) {
    const bool set = is_on(i, depth, inner, VIEW_ITEM(indices, 0), item, indices_batch);
    VIEW_ITEM(y, 0)[place_of(i, y_item, y_batch)] = set ? on : off;
  }
}
