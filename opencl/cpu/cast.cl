// cast - y = x as elements of another type, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 0 = runs of 4096 elements, dim 2 = batch items.
// Buffers:  0-2 x view of FROM, PLAIN [elements]   3-5 y view of TO, likewise; offsets and strides in elements
// Scalars:  6 elements of an item
// Defines:  FROM   TO   NUMBER   READ   WRITE, see cast.clh
// Host:     CastKernel.java        Cases: cases/cast.txt

#include "include/cast.clh"
#include "include/view.clh"

// Elements of a work-item; the host counts with the same figure.
#define RUN 4096

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void cast(const __global FROM *restrict x, const long x_offset,
    const long x_batch, __global TO *restrict y, const long y_offset, const long y_batch, const int elements) {
  const int first = (int)get_global_id(0) * RUN;
  const int length = min(RUN, elements - first);
  const __global FROM *from = VIEW_ITEM(x, get_global_id(2)) + first;
  __global TO *to = VIEW_ITEM(y, get_global_id(2)) + first;

  for (int i = 0; i < length; i++) {
    const NUMBER v = READ(from, i);
    WRITE(v, to, i);
  }
}
