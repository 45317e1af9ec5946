// max_pool - the largest element under a window, and where in the whole input it lies, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 0 = runs of RUN elements, dim 2 = batch items.
// Buffers:  0-2 x view [channels][d][h][w]   3-5 y view [channels][od][oh][ow]   6-8 indices view of int64, like y
// Scalars:  9 elements = channels * od * oh * ow   10 channels   11-28 WINDOWS of max_pool.clh
// Defines:  COLUMN_MAJOR, see max_pool.clh
// Host:     MaxPoolKernel.java        Cases: cases/max_pool.txt

#include "include/max_pool.clh"
#include "include/place_runs.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void max_pool(IN_VIEW(x), OUT_VIEW(y),
    __global long *restrict indices, const long indices_offset, const long indices_batch, const int elements,
    const int channels, WINDOWS) {
  const int item = get_global_id(2);
  for (int place = FIRST_PLACE; place < END_PLACE(elements); place++) {
    const Largest most =
        max_pool_place(VIEW_ITEM(x, item), place, d, h, w, od, oh, ow, kd, kh, kw, sd, sh, sw, dd, dh, dw, pd, ph, pw);
    const long plane = (long)item * channels + place / (od * oh * ow);
    VIEW_ITEM(y, item)[place] = most.value;
    VIEW_ITEM(indices, item)[place] = index_of(most.at, plane * d * h * w, d, h, w);
  }
}
