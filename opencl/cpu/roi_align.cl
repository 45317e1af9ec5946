// roi_align - cells of regions of images, from samples between pixels, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 0 = runs of RUN elements of a region, dim 2 = regions.
// Buffers:  0-2 x view [channels][h][w]   3-5 regions view [4]: left, top, right, bottom
//           6-8 images view of int64, a region's; one that is not there gives NaN
//           9-11 y view [channels][height][width] a region
// Scalars:  12 n: images   13 channels   14 h   15 w   16 height   17 width   18 samples, 0 for as many as pixels
//           19 scale   20 half_pixel   21 largest: not the mean
// Defines:  none
// Host:     RoiAlignKernel.java        Cases: cases/roi_align.txt

#include "include/place_runs.clh"
#include "include/roi_align.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void roi_align(IN_VIEW(x), IN_VIEW(regions),
    const __global long *restrict images, const long images_offset, const long images_batch, OUT_VIEW(y), REGIONS) {
  const int region = get_global_id(2);
  const long image = *VIEW_ITEM(images, region);
  const bool there = image >= 0 && image < n;
  const __global float *from = VIEW_ITEM(x, there ? image : 0), *edges = VIEW_ITEM(regions, region);
  __global float *to = VIEW_ITEM(y, region);
  for (int place = FIRST_PLACE; place < END_PLACE(channels * height * width); place++) {
    const float v =
        roi_place(from, edges, place, n, channels, h, w, height, width, samples, scale, half_pixel, largest);
    to[place] = there ? v : NAN;
  }
}
