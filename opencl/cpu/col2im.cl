// col2im - the sum of blocks where they overlap in an image, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 0 = runs of RUN elements, dim 2 = batch items.
// Buffers:  0-2 x view [channels][elements of a block][blocks]   3-5 y view [channels][d][h][w]
// Scalars:  6 elements = channels * d * h * w   7-24 BLOCKS of col2im.clh
// Defines:  none
// Host:     Col2ImKernel.java        Cases: cases/col2im.txt

#include "include/col2im.clh"
#include "include/place_runs.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void col2im(
    IN_VIEW(x), OUT_VIEW(y), const int elements, BLOCKS) {
  const int item = get_global_id(2);
  for (int place = FIRST_PLACE; place < END_PLACE(elements); place++) {
    VIEW_ITEM(y, item)
    [place] =
        col2im_place(VIEW_ITEM(x, item), place, d, h, w, kd, kh, kw, bd, bh, bw, sd, sh, sw, dd, dh, dw, pd, ph, pw);
  }
}
