// conv_transpose_gpu - every element of x adds its multiple of the kernel to y; gathered by the elements of y.
//
// Work:     groups of GROUP; a work-item = PIXELS outputs below each other, stride_h rows apart, so that they take the
//           same taps, of BLOCKS channel blocks, a tile; dim 0 = batch * tiles * strips * ow, rounded up;
//           strips = min(stride_h, oh) * ceil(ceil(oh/stride_h)/PIXELS).
// Buffers:  0-2 x view, blocked   3-5 y view, blocked   6 weights [tiles][kh][kw][rows][BLOCKS*4], rows = group_inputs,
//           unless GATHER up to whole blocks; zeros where a channel does not exist   7 bias [ceil(oc/4)*4]
// Scalars:  8 oc   9 group_inputs   10 group_outputs   11 ih   12 iw   13 oh   14 ow   15 kh   16 kw   17-18 strides
//           19-20 dilations   21 top   22 left: rows and columns cut off before y   23 batch
// Defines:  C = 4   GROUP   PIXELS   BLOCKS, which divides a group's output blocks   GATHER = 1 for groups that are not
//           whole blocks of channels on both sides   LONG = 1 for sums of more than 512 products
// Host:     ConvTransposeGpu.java        Cases: cases/conv_transpose.txt

#include "include/strip_products.clh"

#ifndef GROUP
#define GROUP 64
#endif

// The taps that fall on elements of x, for all outputs in phase with this one: every step-th from `begin` on; the first
// meets x at `at`, the next `back` before.
typedef struct {
  int begin, step, at, back;
} Taps;

INLINE Taps taps_of(const int output, const int stride, const int dilation, const int taps) {
  int step = stride, shared = dilation;
  while (shared) {
    const int rest = step % shared;
    step = shared;
    shared = rest;
  }
  // here `step` is the greatest common divisor
  const int back = dilation / step;
  step = stride / step;
  int begin = 0;
  while (begin < step && (output - begin * dilation) % stride != 0) ++begin;
  return (Taps){begin < step ? begin : taps, step, (output - begin * dilation) / stride, back};
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void conv_transpose_gpu(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, const __global float *restrict bias, const int oc, const int group_inputs,
    const int group_outputs, const int ih, const int iw, const int oh, const int ow, const int kh, const int kw,
    const int stride_h, const int stride_w, const int dilation_h, const int dilation_w, const int top, const int left,
    const int batch) {
  const int phases = min(stride_h, oh);
  const int outputs = (oh + stride_h - 1) / stride_h;
  const Strip strip = strip_at(get_global_id(0), tiles_of(oc), phases * ((outputs + PIXELS - 1) / PIXELS), ow);
  const int block = strip.tile * BLOCKS, n = strip.n;
  if (n >= batch) return;
  const int below = strip.row / phases;
  const int row = strip.row - below * phases + below * PIXELS * stride_h;
  const Taps down = taps_of(row + top, stride_h, dilation_h, kh);
  const Taps along = taps_of(strip.column + left, stride_w, dilation_w, kw);
  const Source from = source_of(VIEW_ITEM(x, n), (long)ih * iw * C, block, oc, group_outputs, group_inputs);
  const int rows = GATHER ? group_inputs : (group_inputs + C - 1) / C * C;
  const __global float *own = weights + (long)block * C * rows * kh * kw;

  Sums sums;
  sums_start(&sums, bias + block * C);
  for (int i = down.begin, y_in = down.at; i < kh; i += down.step, y_in -= down.back) {
    for (int j = along.begin, x_in = along.at; j < kw; j += along.step, x_in -= along.back) {
      Place place[PIXELS];
      EACH_PIXEL place[p] = place_at(y_in + p, x_in, ih, iw);
      sums_add(&sums, from, place, own + (long)(i * kw + j) * rows * BLOCKS * C, (GATHER ? 1 : C) * BLOCKS * C);
    }
  }
  const Target to = {VIEW_ITEM(y, n), 0, block, oc, row, stride_h, strip.column, oh, ow};
  sums_store(&sums, to, -INFINITY, INFINITY);
}
