// affine_grid - the places that an affine map takes the pixels of an image to, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 0 = runs of RUN pixels, dim 2 = batch items.
// Buffers:  0-2 map view [axes][axes + 1]   3-5 y view [depth * h * w][axes], the innermost axis first
// Scalars:  6 axes   7 depth   8 h   9 w   10 align: -1 and 1 are centres of pixels
// Defines:  none
// Host:     AffineGridKernel.java        Cases: cases/affine_grid.txt

#include "include/affine_grid.clh"
#include "include/place_runs.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void affine_grid(
    IN_VIEW(map), OUT_VIEW(y), const int axes, const int depth, const int h, const int w, const int align) {
  const __global float *from = VIEW_ITEM(map, get_global_id(2));
  __global float *to = VIEW_ITEM(y, get_global_id(2));
  for (int place = FIRST_PLACE; place < END_PLACE(depth * h * w); place++) {
    affine_place(from, to, place, axes, depth, h, w, align);
  }
}
