// conv2d_grouped_gpu - convolution of any geometry and any groups, blocked to blocked: for groups of few channels.
//
// Work:     groups of GROUP; a work-item = PIXELS outputs below each other, of BLOCKS channel blocks, a tile; dim 0 =
//           batch * tiles * ceil(oh/PIXELS) * ow, rounded up.
// Buffers:  0 x blocked [ic] (view)  3 y blocked [oc] (view)  6 weights [tiles][ceil(ic_group/4)][kh][kw][4][BLOCKS*4];
//           if GATHER [ceil(oc/4)][kh][kw][ic_group][4]; zeros where a channel does not exist   7 bias [ceil(oc/4)*4]
//           8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 ic_group, 15 oc_group = channels of one group   16 oc   17 ih   18 iw
//           19 oh   20 ow   21 kh   22 kw   23 stride_h   24 stride_w   25 pad_top   26 pad_left   27 dilation_h
//           28 dilation_w   29 batch
// Defines:  C = 4   GROUP   PIXELS   BLOCKS, which divides a group's output blocks   ACTIVATION(v)   GATHER = 1 for
//           groups that are not whole blocks of channels on both sides   LONG = 1 for sums of more than 512 products
// In place: no.
// Host:     Conv2dGroupedGpu.java        Cases: cases/conv2d.txt

#include "include/strip_products.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void conv2d_grouped_gpu(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int ic_group, const int oc_group, const int oc,
    const int ih, const int iw, const int oh, const int ow, const int kh, const int kw, const int stride_h,
    const int stride_w, const int pad_top, const int pad_left, const int dilation_h, const int dilation_w,
    const int batch) {
  const Strip strip = strip_at(get_global_id(0), tiles_of(oc), (oh + PIXELS - 1) / PIXELS, ow);
  const int block = strip.tile * BLOCKS, n = strip.n;
  if (n >= batch) return;
  const Source from = source_of(VIEW_ITEM(x, n), (long)ih * iw * C, block, oc, oc_group, ic_group);
  const int rows = GATHER ? ic_group : (ic_group + C - 1) / C * C;
  const __global float *own = weights + (long)block * C * rows * kh * kw;
  // floats from a tap to the next, and from a block or channel to the next within a tap
  const int tap = GATHER ? ic_group * C : C * BLOCKS * C, next = GATHER ? C : kh * kw * tap;

  Sums sums;
  sums_start(&sums, bias + block * C);
  for (int i = 0; i < kh; ++i) {
    for (int j = 0; j < kw; ++j) {
      Place place[PIXELS];
      EACH_PIXEL place[p] = place_at((strip.row * PIXELS + p) * stride_h - pad_top + i * dilation_h,
          strip.column * stride_w - pad_left + j * dilation_w, ih, iw);
      sums_add(&sums, from, place, own + (i * kw + j) * tap, next);
    }
  }
  const Target to = {VIEW_ITEM(y, n), has_residual ? VIEW_ITEM(residual, n) : 0, block, oc, strip.row * PIXELS, 1,
      strip.column, oh, ow};
  sums_store(&sums, to, lo, hi);
}
