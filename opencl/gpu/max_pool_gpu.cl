// max_pool_gpu - the largest element under a window, and where in the whole input it lies, PLAIN; in place: no.
//
// Work:     groups of GROUP; a work-item = an element; dim 0 = elements, rounded up, dim 2 = batch items.
// Buffers:  0-2 x view [channels][d][h][w]   3-5 y view [channels][od][oh][ow]   6-8 indices view of int64, like y
// Scalars:  9 elements = channels * od * oh * ow   10 channels   11-28 WINDOWS of max_pool.clh
// Defines:  GROUP   COLUMN_MAJOR, see max_pool.clh
// Host:     MaxPoolKernel.java        Cases: cases/max_pool.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/max_pool.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void max_pool_gpu(IN_VIEW(x), OUT_VIEW(y),
    __global long *restrict indices, const long indices_offset, const long indices_batch, const int elements,
    const int channels, WINDOWS) {
  const int place = get_global_id(0), item = get_global_id(2);
  if (place < elements) {
    const Largest most =
        max_pool_place(VIEW_ITEM(x, item), place, d, h, w, od, oh, ow, kd, kh, kw, sd, sh, sw, dd, dh, dw, pd, ph, pw);
    const long plane = (long)item * channels + place / (od * oh * ow);
    VIEW_ITEM(y, item)[place] = most.value;
    VIEW_ITEM(indices, item)[place] = index_of(most.at, plane * d * h * w, d, h, w);
  }
}
