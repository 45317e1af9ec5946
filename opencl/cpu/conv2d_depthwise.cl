// conv2d_depthwise - convolution of each channel by itself, of any geometry, blocked to blocked.
//
// Work:     one work-item per group; dim 0 = runs of output rows, dim 1 = channel blocks, dim 2 = batch items.
// Buffers:  0 x blocked [channels] (view)   3 y blocked [channels] (view)   6 weights [B][kh][kw][C],
//           B = ceil(channels/C), zeros where a channel does not exist   7 bias [B*C]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 channels   15 ih   16 iw   17 oh   18 ow   19 kh   20 kw   21 stride_h
//           22 stride_w   23 pad_top   24 pad_left   25 dilation_h   26 dilation_w   27 rows = output rows of a run
// Defines:  C = channel block;  ACTIVATION(v)
// In place: no.
// Host:     Conv2dDepthwise.java        Cases: cases/conv2d.txt

#include "include/conv_window.clh"
#include "include/epilogue.clh"

// Neighbouring outputs whose sums stay in registers.
#define RUN 6

// Taps in one running sum, or one row of them.
#define TAPS 256

// The taps of `pixels` (a literal) neighbouring outputs: x is at their first input column of tap 0.
INLINE void taps_depthwise(floatC sum[RUN], const int pixels, const __global float *x, const Range kh, const Range kw,
    const long row_step, const int column_step, const int pixel_step, const __global float *weights, const int taps) {
  for (int i = kh.begin; i < kh.end; ++i) {
    for (int j = kw.begin; j < kw.end; ++j) {
      const floatC weight = LOADC(weights + (i * taps + j) * C);
      const __global float *at = x + i * row_step + (long)j * column_step;
#pragma unroll
      for (int p = 0; p < RUN; ++p)
        if (p < pixels) sum[p] = fma(LOADC(at + p * pixel_step), weight, sum[p]);
    }
  }
}

INLINE void run_depthwise(const int pixels, const floatC bias, const __global float *x, const Range kh, const Range kw,
    const long row_step, const int column_step, const int pixel_step, const __global float *weights, const int taps,
    __global float *y, const __global float *residual, const int count, const float lo, const float hi) {
  floatC sum[RUN];
#pragma unroll
  for (int p = 0; p < RUN; ++p) sum[p] = bias;
  const int rows = max(1, TAPS / taps);
  taps_depthwise(sum, pixels, x, (Range){kh.begin, min(kh.end, kh.begin + rows)}, kw, row_step, column_step, pixel_step,
      weights, taps);
  for (int i = kh.begin + rows; i < kh.end; i += rows) {
    floatC own[RUN];
#pragma unroll
    for (int p = 0; p < RUN; ++p) own[p] = 0.0f;
    taps_depthwise(
        own, pixels, x, (Range){i, min(kh.end, i + rows)}, kw, row_step, column_step, pixel_step, weights, taps);
#pragma unroll
    for (int p = 0; p < RUN; ++p) sum[p] += own[p];
  }
#pragma unroll
  for (int p = 0; p < RUN; ++p)
    if (p < pixels) STOREC(epilogue(sum[p], residual ? residual + p * C : 0, count, lo, hi), y + p * C);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_depthwise(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int channels, const int ih, const int iw,
    const int oh, const int ow, const int kh, const int kw, const int stride_h, const int stride_w, const int pad_top,
    const int pad_left, const int dilation_h, const int dilation_w, const int rows) {
  const int block = get_global_id(1), n = get_global_id(2);
  const int first = get_global_id(0) * rows, end = min(oh, first + rows);
  const __global float *in = VIEW_ITEM(x, n) + (long)block * ih * iw * C;
  const __global float *own = weights + (long)block * kh * kw * C;
  const floatC start = LOADC(bias + block * C);
  const long row_step = (long)dilation_h * iw * C;
  const int column_step = dilation_w * C, pixel_step = stride_w * C;

  for (int oy = first; oy < end; ++oy) {
    const int y_in = oy * stride_h - pad_top;
    const Range taps_h = taps_inside(y_in, kh, dilation_h, ih);
    const long at = ((long)block * oh + oy) * ow * C;
    __global float *to = VIEW_ITEM(y, n) + at;
    const __global float *add = has_residual ? VIEW_ITEM(residual, n) + at : 0;
    for (int ox = 0; ox < ow;) {
      const int x_in = ox * stride_w - pad_left, x_last = x_in + (RUN - 1) * stride_w;
      const __global float *from = in + ((long)y_in * iw + x_in) * C;
      const int whole = ox + RUN <= ow && x_in >= 0 && x_last + (kw - 1) * dilation_w < iw;
      if (whole)
        run_depthwise(RUN, start, from, taps_h, (Range){0, kw}, row_step, column_step, pixel_step, own, kw, to + ox * C,
            add ? add + ox * C : 0, channels - block * C, lo, hi);
      else
        run_depthwise(1, start, from, taps_h, taps_inside(x_in, kw, dilation_w, iw), row_step, column_step, pixel_step,
            own, kw, to + ox * C, add ? add + ox * C : 0, channels - block * C, lo, hi);
      ox += whole ? RUN : 1;
    }
  }
}
