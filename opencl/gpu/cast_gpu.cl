// cast_gpu - y = x as elements of another type, PLAIN; in place: no.
//
// Work:     groups of GROUP; a work-item = four elements, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 x view of FROM, PLAIN   3-5 y view of TO, likewise; offsets and strides in elements
// Scalars:  6 elements in all   7 item: elements of a batch item
// Defines:  GROUP   FROM   TO   NUMBER   READ   WRITE, see cast.clh
// Host:     CastGpu.java        Cases: cases/cast.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/cast.clh"
#include "include/quad.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void cast_gpu(const __global FROM *restrict x,
    const long x_offset, const long x_batch, __global TO *restrict y, const long y_offset, const long y_batch,
    const int elements, const int item) {
  for (uint k = 0; k < 4; k++) {
    const uint i = QUAD_FIRST + k * GROUP;
    if (i < (uint)elements) {
      const NUMBER v = READ(VIEW_ITEM(x, 0), place_of(i, item, x_batch));
      WRITE(v, VIEW_ITEM(y, 0), place_of(i, item, y_batch));
    }
  }
}
