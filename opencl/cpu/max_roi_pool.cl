// max_roi_pool - the largest pixel of each cell of regions of images, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 0 = runs of RUN elements of a region, dim 2 = regions.
// Buffers:  0-2 x view [channels][h][w]   3-5 regions view [5]: number of the image, left, top, right, bottom; an
//           image that is not there gives NaN   6-8 y view [channels][height][width] a region
// Scalars:  9 n: images   10 channels   11 h   12 w   13 height   14 width   15 scale
// Defines:  none
// Host:     MaxRoiPoolKernel.java        Cases: cases/max_roi_pool.txt

#include "include/max_roi_pool.clh"
#include "include/place_runs.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void max_roi_pool(
    IN_VIEW(x), IN_VIEW(regions), OUT_VIEW(y), REGIONS) {
  const int region = get_global_id(2);
  const __global float *edges = VIEW_ITEM(regions, region);
  const bool there = edges[0] >= 0.0f && edges[0] < n;
  const __global float *from = VIEW_ITEM(x, there ? (int)edges[0] : 0);
  __global float *to = VIEW_ITEM(y, region);
  for (int place = FIRST_PLACE; place < END_PLACE(channels * height * width); place++) {
    const float v = pool_place(from, edges + 1, place, n, channels, h, w, height, width, scale);
    to[place] = there ? v : NAN;
  }
}
