// grid_sample_gpu - y = x at the places that a grid names, by its neighbours there, PLAIN; in place: no.
//
// Work:     groups of GROUP; a work-item = a place in all channels; dim 0 = places, rounded up, dim 2 = batch items.
// Buffers:  0-2 x view [channels][depth][h][w]   3-5 grid view [places][axes]   6-8 y view [channels][places]
// Scalars:  9 channels   10 axes   11 depth   12 h   13 w   14 places   15 mode   16 outside   17 align, see
//           grid_sample.clh
// Defines:  GROUP
// Host:     GridSampleKernel.java        Cases: cases/grid_sample.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/grid_sample.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void grid_sample_gpu(
    IN_VIEW(x), IN_VIEW(grid), OUT_VIEW(y), SAMPLING) {
  const int place = get_global_id(0), item = get_global_id(2);
  if (place < places) {
    sample_place(VIEW_ITEM(x, item), VIEW_ITEM(grid, item), VIEW_ITEM(y, item), place, channels, axes, depth, h, w,
        places, mode, outside, align);
  }
}
