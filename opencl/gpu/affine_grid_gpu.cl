// affine_grid_gpu - the places that an affine map takes the pixels of an image to, PLAIN; in place: no.
//
// Work:     groups of GROUP; a work-item = a pixel; dim 0 = pixels, rounded up, dim 2 = batch items.
// Buffers:  0-2 map view [axes][axes + 1]   3-5 y view [depth * h * w][axes], the innermost axis first
// Scalars:  6 axes   7 depth   8 h   9 w   10 align: -1 and 1 are centres of pixels
// Defines:  GROUP
// Host:     AffineGridKernel.java        Cases: cases/affine_grid.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/affine_grid.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void affine_grid_gpu(
    IN_VIEW(map), OUT_VIEW(y), const int axes, const int depth, const int h, const int w, const int align) {
  const int place = get_global_id(0), item = get_global_id(2);
  if (place < depth * h * w) {
    affine_place(VIEW_ITEM(map, item), VIEW_ITEM(y, item), place, axes, depth, h, w, align);
  }
}
