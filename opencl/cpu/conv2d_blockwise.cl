// conv2d_blockwise - convolution of groups that lie within a channel block (depthwise ones, and of 2, 4 or 8 channels),
// of any geometry, blocked to blocked.
//
// Work:     one work-item per group; dim 0 = runs of output rows, dim 1 = channel blocks, dim 2 = batch items.
// Buffers:  0 x blocked [channels] (view)   3 y blocked [channels] (view)   6 weights [B][kh][kw][WIDTH][C],
//           B = ceil(channels/C), zeros where a channel does not exist   7 bias [B*C]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 channels   15 ih   16 iw   17 oh   18 ow   19 kh   20 kw   21 stride_h
//           22 stride_w   23 pad_top   24 pad_left   25 dilation_h   26 dilation_w   27 rows = output rows of a run
// Defines:  C = channel block;  WIDTH = channels of a group, of input and of output: 1, or less than C and a power of 2;
//           ACTIVATION(v)
// In place: no.
// Host:     Conv2dBlockwise.java        Cases: cases/conv2d.txt

#include "include/conv_window.clh"
#include "include/epilogue.clh"
#include "include/group_lanes.clh"

// Neighbouring outputs whose sums stay in registers: enough to hide a sum's latency, and half of many maps' width.
#define RUN 7
#define EACH_PIXEL _Pragma("unroll") for (int p = 0; p < RUN; ++p)

// Products in one running sum, or those of one row of taps.
#define LONGEST_SUM 256

// Where a work-item reads: the first row under its outputs, and where on it tap 0 of the first of them falls.
typedef struct {
  const __global float *row;
  int column, width, stride, dilation;
  long row_step;
} Source;

// Adds the products of rows of taps to the sums of RUN neighbouring outputs. Those that are not wanted are summed too
// where they have an input.
INLINE void add_taps(
    floatC sum[RUN], const Source s, const Range kh, const int kw, const __global float *restrict weights) {
  for (int i = kh.begin; i < kh.end; ++i) {
    for (int j = 0; j < kw; ++j) {
      const int column = s.column + j * s.dilation;
      const __global float *from = s.row + i * s.row_step + (long)column * C;
      const __global float *weight = weights + (i * kw + j) * WIDTH * C;
      if (column >= 0 && column + (RUN - 1) * s.stride < s.width) {
        EACH_PIXEL sum[p] = group_products(sum[p], LOADC(from + p * s.stride * C), weight);
      } else {
        EACH_PIXEL if ((uint)(column + p * s.stride) < (uint)s.width) sum[p] =
            group_products(sum[p], LOADC(from + p * s.stride * C), weight);
      }
    }
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_blockwise(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int channels, const int ih, const int iw,
    const int oh, const int ow, const int kh, const int kw, const int stride_h, const int stride_w, const int pad_top,
    const int pad_left, const int dilation_h, const int dilation_w, const int rows) {
  const int block = get_global_id(1), n = get_global_id(2);
  const int first = get_global_id(0) * rows, end = min(oh, first + rows);
  const __global float *in = VIEW_ITEM(x, n) + (long)block * ih * iw * C;
  const __global float *own = weights + (long)block * kh * kw * WIDTH * C;
  const floatC start = LOADC(bias + block * C);
  const int tap_rows = max(1, LONGEST_SUM / (kw * WIDTH));

  for (int oy = first; oy < end; ++oy) {
    const int y_in = oy * stride_h - pad_top;
    const Range taps = taps_inside(y_in, kh, dilation_h, ih);
    const long at = ((long)block * oh + oy) * ow * C;
    __global float *to = VIEW_ITEM(y, n) + at;
    const __global float *add = has_residual ? VIEW_ITEM(residual, n) + at : 0;
    for (int ox = 0; ox < ow; ox += RUN) {
      const Source source = {
          in + (long)y_in * iw * C, ox * stride_w - pad_left, iw, stride_w, dilation_w, (long)dilation_h * iw * C};
      floatC sum[RUN];
      EACH_PIXEL sum[p] = start;
      add_taps(sum, source, (Range){taps.begin, min(taps.end, taps.begin + tap_rows)}, kw, own);
      for (int i = taps.begin + tap_rows; i < taps.end; i += tap_rows) {
        floatC more[RUN];
        EACH_PIXEL more[p] = 0.0f;
        add_taps(more, source, (Range){i, min(taps.end, i + tap_rows)}, kw, own);
        EACH_PIXEL sum[p] += more[p];
      }
      EACH_PIXEL if (ox + p < ow)
          STOREC(epilogue(sum[p], add ? add + (ox + p) * C : 0, channels - block * C, lo, hi), to + (ox + p) * C);
    }
  }
}
