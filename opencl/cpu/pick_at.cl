// pick_at - y[i] = the element of x that a tuple of indices names; elements are counted through all batch items.
//
// Work:     one work-item per group; dim 0 = runs of `run` elements of y.
// Buffers:  0-2 x view, PLAIN   3-5 indices view of INDEX, PLAIN   6 walk (int), see pick_at.clh   7-9 y view, PLAIN
//           10-12 outside view of one int64: untouched, or what pick_at.clh says of an index outside of its axis,
//           for which y is NaN
// Scalars:  13 x_item   14 index_item   15 y_item: elements of a batch item   16 elements of y in all   17 run
// Defines:  INDEX, see pick_at.clh
// Host:     PickAtKernel.java        Cases: cases/pick_at.txt

#include "include/pick_at.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void pick_at(IN_VIEW(x), const __global INDEX *restrict indices,
    const long indices_offset, const long indices_batch, const __global int *restrict walk, OUT_VIEW(y),
    OUT_VIEW(outside), const int x_item, const int index_item, const int y_item, const int elements, const int run) {
  __global long *told = (__global long *)VIEW_ITEM(outside, 0);
  const int first = (int)get_global_id(0) * run;
  const int end = first + min(run, elements - first);
  for (int i = first; i < end; i++) {
    VIEW_ITEM(y, 0)
    [place_of(i, y_item, y_batch)] =
        picked_at(VIEW_ITEM(x, 0), x_item, x_batch, VIEW_ITEM(indices, 0), index_item, indices_batch, walk, i, told);
  }
}
