// scatter_at - y = x with updates joined to the elements that tuples of indices name, those of one in their order.
//
// Work:     one work-item per group; dim 0 = runs of `run` parts of groups of elements.
// Buffers:  0-2 x view, PLAIN   3-5 indices view of INDEX, PLAIN   6-8 updates view, PLAIN   9 walk (int), see
//           scatter_at.clh   10-12 y view, like x   13-15 lost, scratch of as many floats as x where SUM is 1
//           16-18 outside view of one int64: untouched, or what pick_at.clh says of an index outside of its axis,
//           by which nothing is joined
// Scalars:  19 item   20 index_item   21 update_item: elements of a batch item   22 groups   23 parts of each
//           24 elements of a part   25 run
// Defines:  JOIN(so, v)   SUM   INDEX, see scatter_at.clh
// Host:     ScatterAtKernel.java        Cases: cases/scatter_at.txt

#include "include/scatter_at.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void scatter_at(SCATTERED, const int run) {
  const int first = (int)get_global_id(0) * run;
  const int end = first + min(run, groups * parts - first);
  for (int number = first; number < end; number++) scatter_part(number, SCATTERED_ARGUMENTS);
}
