// concat_plain - copies one input of a concatenation along any axis into the output.
//
// Work:     one work-item per group; dim 0 = runs of 4096 floats, dim 1 = outer, dim 2 = batch items.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view of the whole output, likewise
// Scalars:  6 x_run = x's axis * inner   7 y_run = y's axis * inner   8 start = x's place on the axis * inner
//           9 first_item: y's batch item that takes x's first; where the axis is the batch, outer = 1 and x_run =
//           y_run = an item
// Defines:  C = vector width
// Host:     ConcatPlain.java        Cases: cases/concat_plain.txt

#include "include/block.clh"
#include "include/view.clh"

// Floats of a work-item; the host counts with the same figure.
#define RUN 4096

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void concat_plain(
    IN_VIEW(x), OUT_VIEW(y), const int x_run, const int y_run, const int start, const int first_item) {
  const int first = (int)get_global_id(0) * RUN;
  const int end = min(x_run, first + RUN);
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)get_global_id(1) * x_run;
  __global float *to = VIEW_ITEM(y, first_item + get_global_id(2)) + (long)get_global_id(1) * y_run + start;
  for (int i = first; i < end; i += C) store_lanes(load_lanes(from + i, end - i), to + i, end - i);
}
