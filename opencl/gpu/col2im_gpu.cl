// col2im_gpu - the sum of blocks where they overlap in an image, PLAIN; in place: no.
//
// Work:     groups of GROUP; a work-item = an element; dim 0 = elements, rounded up, dim 2 = batch items.
// Buffers:  0-2 x view [channels][elements of a block][blocks]   3-5 y view [channels][d][h][w]
// Scalars:  6 elements = channels * d * h * w   7-24 BLOCKS of col2im.clh
// Defines:  GROUP
// Host:     Col2ImKernel.java        Cases: cases/col2im.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/col2im.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void col2im_gpu(
    IN_VIEW(x), OUT_VIEW(y), const int elements, BLOCKS) {
  const int place = get_global_id(0), item = get_global_id(2);
  if (place < elements) {
    VIEW_ITEM(y, item)
    [place] =
        col2im_place(VIEW_ITEM(x, item), place, d, h, w, kd, kh, kw, bd, bh, bw, sd, sh, sw, dd, dh, dw, pd, ph, pw);
  }
}
