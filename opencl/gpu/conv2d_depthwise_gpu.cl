// conv2d_depthwise_gpu - convolution of each channel by itself, of any geometry, blocked to blocked.
//
// Work:     groups of GROUP; a work-item = PIXELS outputs below each other, of one channel block; dim 0 = batch *
//           blocks * ceil(oh/PIXELS) * ow, rounded up.
// Buffers:  0 x blocked [channels] (view)   3 y blocked [channels] (view)   6 weights [ceil(channels/4)][kh][kw][4],
//           zeros where a channel does not exist   7 bias [ceil(channels/4)*4]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 channels   15 ih   16 iw   17 oh   18 ow   19 kh   20 kw   21 stride_h
//           22 stride_w   23 pad_top   24 pad_left   25 dilation_h   26 dilation_w   27 batch
// Defines:  C = 4   GROUP   PIXELS   LONG = 1 for more than 512 taps   ACTIVATION(v)   STRIDE = stride_h where outputs
//           below each other share rows of x and dilation_h is 1: then TAPS rows of the kernel, which divide kh, are in
//           registers at once, and every input is loaded once for them all; else 0
// In place: no.
// Host:     Conv2dDepthwiseGpu.java        Cases: cases/conv2d.txt

#include "include/strip.clh"

#ifndef GROUP
#define GROUP 64
#endif

#ifndef TAPS
#define TAPS 1
#endif

#ifndef STRIDE
#define STRIDE 0
#endif

// Columns of TAPS rows in one running sum.
#define RUN 64

typedef struct {
  const __global float *x;
  int height, width, stride;  // stride: rows between the strip's outputs
} Plane;

// TAPS rows of one column of the kernel, whose first meets the plane at (row, column) for the strip's first output.
INLINE void add_column(float4 sum[PIXELS][BLOCKS], const Plane from, const int row, const int column,
    const __global float *weights, const int next) {
#if STRIDE
  float4 weight[TAPS];
#pragma unroll
  for (int i = 0; i < TAPS; ++i) weight[i] = LOAD4(weights + i * next);
#pragma unroll
  for (int r = 0; r < (PIXELS - 1) * STRIDE + TAPS; ++r) {
    const float4 value = load_at(from.x, place_at(row + r, column, from.height, from.width));
    EACH_PIXEL if (r >= p * STRIDE && r < p * STRIDE + TAPS) sum[p][0] = fma(value, weight[r - p * STRIDE], sum[p][0]);
  }
#else
  const float4 weight = LOAD4(weights);
  EACH_PIXEL {
    const Place place = place_at(row + p * from.stride, column, from.height, from.width);
    sum[p][0] = fma(load_at(from.x, place), weight, sum[p][0]);
  }
#endif
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void conv2d_depthwise_gpu(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int channels, const int ih, const int iw,
    const int oh, const int ow, const int kh, const int kw, const int stride_h, const int stride_w, const int pad_top,
    const int pad_left, const int dilation_h, const int dilation_w, const int batch) {
  const Strip strip = strip_at(get_global_id(0), tiles_of(channels), (oh + PIXELS - 1) / PIXELS, ow);
  const int block = strip.tile, n = strip.n;
  if (n >= batch) return;
  const Plane from = {VIEW_ITEM(x, n) + (long)block * ih * iw * C, ih, iw, stride_h};
  const int top = strip.row * PIXELS * stride_h - pad_top, left = strip.column * stride_w - pad_left;
  const __global float *own = weights + (long)block * kh * kw * C;

  Sums sums;
  sums_start(&sums, bias + block * C);
  for (int i = 0; i < kh; i += TAPS) {
    for (int j = 0; j < kw; ++j) {
      add_column(sums.run, from, top + i * dilation_h, left + j * dilation_w, own + (i * kw + j) * C, kw * C);
      sums_step(&sums, RUN);
    }
  }
  const Target to = {VIEW_ITEM(y, n), has_residual ? VIEW_ITEM(residual, n) : 0, block, channels, strip.row * PIXELS, 1,
      strip.column, oh, ow};
  sums_store(&sums, to, lo, hi);
}
