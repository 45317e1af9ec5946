// scatter_at_gpu - y = x with updates joined to the elements that tuples of indices name, those of one in their order:
//                  no two work-items write one element, so two runs are equal.
//
// Work:     groups of GROUP; a work-item = a part of a group of elements; dim 0 = groups * parts, rounded up.
// Buffers:  0-2 x view, PLAIN   3-5 indices view of INDEX, PLAIN   6-8 updates view, PLAIN   9 walk (int), see
//           scatter_at.clh   10-12 y view, like x   13-15 lost, scratch of as many floats as x where SUM is 1
//           16-18 outside view of one int64: untouched, or what pick_at.clh says of an index outside of its axis,
//           by which nothing is joined
// Scalars:  19 item   20 index_item   21 update_item: elements of a batch item   22 groups   23 parts of each
//           24 elements of a part
// Defines:  GROUP   JOIN(so, v)   SUM   INDEX, see scatter_at.clh
// Host:     ScatterAtGpu.java        Cases: cases/scatter_at.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/scatter_at.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void scatter_at_gpu(SCATTERED) {
  const int number = get_global_id(0);
  if (number < groups * parts) scatter_part(number, SCATTERED_ARGUMENTS);
}
