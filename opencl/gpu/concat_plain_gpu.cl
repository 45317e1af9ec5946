// concat_plain_gpu - copies one input of a concatenation along any axis into the output.
//
// Work:     groups of GROUP; a work-item = four elements of x, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view of the whole output, likewise
// Scalars:  6 elements of x in all   7 outer   8 x_run = x's axis * inner   9 y_run = y's axis * inner
//           10 start = x's place on the axis * inner   11 first_item: y's batch item that takes x's first; where the
//           axis is the batch, outer = 1 and x_run = y_run = an item
// Defines:  GROUP
// Host:     ConcatPlainGpu.java        Cases: cases/concat_plain.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/quad.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void concat_plain_gpu(IN_VIEW(x), OUT_VIEW(y),
    const int elements, const int outer, const int x_run, const int y_run, const int start, const int first_item) {
  const uint first = QUAD_FIRST;
  const float4 v = load_quad(VIEW_ITEM(x, 0), first, elements, outer * x_run, x_batch);
  __global float *to = VIEW_ITEM(y, first_item) + start;
  const float lanes[4] = {v.x, v.y, v.z, v.w};
#pragma unroll
  for (int k = 0; k < 4; k++) {
    const uint i = first + k * GROUP, row = i / x_run;
    const uint item = outer == 1 ? row : row / outer;
    if (i < (uint)elements) to[item * y_batch + (long)(row - item * outer) * y_run + (i - row * x_run)] = lanes[k];
  }
}
