// conv2d_blockwise - convolution of groups that lie within a channel block (depthwise ones, and of 2, 4, 8 or 16
// channels), of any geometry, blocked to blocked.
//
// Work:     one work-item per group; dim 0 = channel blocks, dim 1 = runs of output rows, dim 2 = batch items.
// Buffers:  0 x blocked [channels] (view)   3 y blocked [channels] (view)   6 weights [B][kh][kw][WIDTH][C],
//           B = ceil(channels/C), zeros where a channel does not exist; then C zeros, which padding reads
//           7 bias [B*C]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 channels   15 ih   16 iw   17 oh   18 ow   19 kh   20 kw   21 stride_h
//           22 stride_w   23 pad_top   24 pad_left   25 dilation_h   26 dilation_w   27 rows = output rows of a run
// Defines:  C = channel block;  WIDTH = channels of a group, of input and of output: a power of 2 up to C;
//           TAPS, STRIDE = kw, stride_w where dilation_w is 1 and kh*kw*WIDTH at most 256, else 0, 0;  ACTIVATION(v)
// In place: no.
// Host:     Conv2dBlockwise.java        Cases: cases/conv2d.txt

#include "include/conv_window.clh"
#include "include/epilogue.clh"
#include "include/group_lanes.clh"

// Where a work-item reads: the first row under its outputs, where on it tap 0 of the first of them falls, and zeros.
typedef struct {
  const __global float *row, *zeros;
  int column, width, stride, dilation;
  long row_step;
} Source;

// Products in one running sum, or those of one row of taps.
#define LONGEST_SUM 256

// Neighbouring outputs whose sums stay in registers: enough to hide a sum's latency, and half of many maps' width.
#define RUN 7
#define EACH_PIXEL _Pragma("unroll") for (int p = 0; p < RUN; ++p)

// In every lane the value of lane l of its group.
#if WIDTH == C
#define LANE(at, l) ((floatC)((at)[l]))
#else
#define LANE(at, l) spread_lane(LOADC(at), l)
#endif

#ifndef TAPS
#define TAPS 0
#define STRIDE 0
#endif

// What add_rows does: adds the products of rows of taps to the sums of RUN neighbouring outputs, which are inside the
// image for all taps or, also a literal, not: padding reads zeros. Outputs that are not wanted are summed too.
#if TAPS
#define COLUMNS ((RUN - 1) * STRIDE + TAPS)
#define EACH_COLUMN _Pragma("unroll") for (int q = 0; q < COLUMNS; ++q)

// The products of one input column, spread over its lanes, with the weights of all taps that fall on it.
INLINE void add_column(floatC sum[RUN], const int q, const floatC value, const __global float *weights) {
#pragma unroll
  for (int j = 0; j < TAPS; ++j) {
    const int p = (q - j) / STRIDE;
    if (q >= j && p * STRIDE == q - j && p < RUN) sum[p] = fma(value, LOADC(weights + j * WIDTH * C), sum[p]);
  }
}

INLINE void add_rows(
    floatC sum[RUN], const int inside, const Source s, const Range kh, const int kw, const __global float *weights) {
  for (int i = kh.begin; i < kh.end; ++i) {
    const __global float *from = s.row + i * s.row_step + (long)s.column * C, *row = weights + i * TAPS * WIDTH * C;
#if WIDTH == C
    const __global float *source[COLUMNS];
    EACH_COLUMN source[q] = inside || (uint)(s.column + q) < (uint)s.width ? from + q * C : s.zeros;
    for (int l = 0; l < C; ++l) EACH_COLUMN add_column(sum, q, LANE(source[q], l), row + l * C);
#else
    floatC value[COLUMNS];
    EACH_COLUMN value[q] = inside || (uint)(s.column + q) < (uint)s.width ? LOADC(from + q * C) : 0.0f;
#pragma unroll
    for (int l = 0; l < WIDTH; ++l) EACH_COLUMN add_column(sum, q, spread_lane(value[q], l), row + l * C);
#endif
  }
}
#else
INLINE void add_rows(
    floatC sum[RUN], const int inside, const Source s, const Range kh, const int kw, const __global float *weights) {
  for (int i = kh.begin; i < kh.end; ++i) {
    for (int j = 0; j < kw; ++j) {
      const int column = s.column + j * s.dilation;
      const __global float *from = s.row + i * s.row_step + (long)column * C, *tap = weights + (i * kw + j) * WIDTH * C;
      const __global float *source[RUN];
      EACH_PIXEL source[p] =
          inside || (uint)(column + p * s.stride) < (uint)s.width ? from + p * s.stride * C : s.zeros;
#pragma unroll
      for (int l = 0; l < WIDTH; ++l) {
        const floatC weight = LOADC(tap + l * C);
        EACH_PIXEL sum[p] = fma(LANE(source[p], l), weight, sum[p]);
      }
    }
  }
}
#endif

INLINE void add_taps(floatC sum[RUN], const Source s, const Range kh, const int kw, const __global float *weights) {
  if (s.column >= 0 && s.column + (RUN - 1) * s.stride + (kw - 1) * s.dilation < s.width)
    add_rows(sum, 1, s, kh, kw, weights);
  else add_rows(sum, 0, s, kh, kw, weights);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_blockwise(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int channels, const int ih, const int iw,
    const int oh, const int ow, const int kh, const int kw, const int stride_h, const int stride_w, const int pad_top,
    const int pad_left, const int dilation_h, const int dilation_w, const int rows) {
  const int block = get_global_id(0), n = get_global_id(2);
  const int first = get_global_id(1) * rows, end = min(oh, first + rows);
  const __global float *in = VIEW_ITEM(x, n) + (long)block * ih * iw * C;
  const int blocks = get_global_size(0), all = kh * kw * WIDTH * C;
  const __global float *own = weights + (long)block * all, *zeros = weights + (long)blocks * all;
  const floatC start = LOADC(bias + block * C);

  for (int oy = first; oy < end; ++oy) {
    const int y_in = oy * stride_h - pad_top;
    const Range taps = taps_inside(y_in, kh, dilation_h, ih);
    const long at = ((long)block * oh + oy) * ow * C;
    __global float *to = VIEW_ITEM(y, n) + at;
    const __global float *add = has_residual ? VIEW_ITEM(residual, n) + at : 0;
    for (int ox = 0; ox < ow; ox += RUN) {
      const Source source = {in + (long)y_in * iw * C, zeros, ox * stride_w - pad_left, iw, stride_w, dilation_w,
          (long)dilation_h * iw * C};
      floatC sum[RUN];
      EACH_PIXEL sum[p] = start;
#if TAPS
      add_taps(sum, source, taps, kw, own);
#else
      const int tap_rows = max(1, LONGEST_SUM / (kw * WIDTH));
      add_taps(sum, source, (Range){taps.begin, min(taps.end, taps.begin + tap_rows)}, kw, own);
      for (int i = taps.begin + tap_rows; i < taps.end; i += tap_rows) {
        floatC more[RUN];
        EACH_PIXEL more[p] = 0.0f;
        add_taps(more, source, (Range){i, min(taps.end, i + tap_rows)}, kw, own);
        EACH_PIXEL sum[p] += more[p];
      }
#endif
      EACH_PIXEL if (ox + p < ow)
          STOREC(epilogue(sum[p], add ? add + (ox + p) * C : 0, channels - block * C, lo, hi), to + (ox + p) * C);
    }
  }
}
