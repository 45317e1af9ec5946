// grid_sample - y = x at the places that a grid names, by its neighbours there, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 0 = runs of RUN places, dim 2 = batch items.
// Buffers:  0-2 x view [channels][depth][h][w]   3-5 grid view [places][axes]   6-8 y view [channels][places]
// Scalars:  9 channels   10 axes   11 depth   12 h   13 w   14 places   15 mode   16 outside   17 align, see
//           grid_sample.clh
// Defines:  none
// Host:     GridSampleKernel.java        Cases: cases/grid_sample.txt

#include "include/grid_sample.clh"
#include "include/place_runs.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void grid_sample(
    IN_VIEW(x), IN_VIEW(grid), OUT_VIEW(y), SAMPLING) {
  const __global float *image = VIEW_ITEM(x, get_global_id(2));
  const __global float *at = VIEW_ITEM(grid, get_global_id(2));
  __global float *to = VIEW_ITEM(y, get_global_id(2));
  for (int place = FIRST_PLACE; place < END_PLACE(places); place++) {
    sample_place(image, at, to, place, channels, axes, depth, h, w, places, mode, outside, align);
  }
}
