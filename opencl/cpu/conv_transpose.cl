// conv_transpose - every element of x adds its multiple of the kernel to y; gathered by the elements of y.
//
// Work:     one work-item per group; dim 0 = rows of y, dim 1 = output channel blocks, dim 2 = batch items.
// Buffers:  0-2 x view, blocked   3-5 y view, blocked   6 weights [oc/C][kh][kw][group_inputs][C]   7 bias [oc]
// Scalars:  8 oc   9 group_inputs   10 group_outputs: oc, or a multiple of C   11 ih   12 iw   13 oh   14 ow
//           15 kh   16 kw   17-18 strides   19-20 dilations   21 top   22 left: rows and columns cut off before y
// Defines:  C = channel block
// Host:     ConvTransposeKernel.java        Cases: cases/conv_transpose.txt

#include "include/block.clh"
#include "include/view.clh"

// Outputs, a stride apart, whose sums stay in registers.
#define PIXELS 6

// Channels in one running sum.
#define RUN 256

// sum[p] += x[p][channel] * weights[channel] for `count` channels from `lane` of the first block on.
static inline void add_full(floatC sum[PIXELS], const __global float *x, int lane, const long plane,
    const __global float *weights, const int count) {
  x += lane;
  for (int i = 0; i < count;) {
    floatC own[PIXELS];
#pragma unroll
    for (int p = 0; p < PIXELS; p++) own[p] = 0.0f;
    for (const int end = min(count, i + RUN); i < end; i++) {
      const floatC w = LOADC(weights + (long)i * C);
#pragma unroll
      for (int p = 0; p < PIXELS; p++) own[p] = fma((floatC)(x[p * C]), w, own[p]);
      x++;
      if (++lane == C) {
        lane = 0;
        x += plane - C;
      }
    }
#pragma unroll
    for (int p = 0; p < PIXELS; p++) sum[p] += own[p];
  }
}

static inline floatC add_one(
    floatC sum, const __global float *x, int lane, const long plane, const __global float *weights, const int count) {
  x += lane;
  for (int i = 0; i < count;) {
    floatC own = 0.0f;
    for (const int end = min(count, i + RUN); i < end; i++) {
      own = fma((floatC)(*x++), LOADC(weights + (long)i * C), own);
      if (++lane == C) {
        lane = 0;
        x += plane - C;
      }
    }
    sum += own;
  }
  return sum;
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv_transpose(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, const __global float *restrict bias, const int oc, const int group_inputs,
    const int group_outputs, const int ih, const int iw, const int oh, const int ow, const int kh, const int kw,
    const int stride_h, const int stride_w, const int dilation_h, const int dilation_w, const int top, const int left) {
  const int row = get_global_id(0);
  const int block = get_global_id(1);
  const long plane = (long)ih * iw * C;
  const int first = block * C / group_outputs * group_inputs;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + first / C * plane;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)block * oh + row) * ow * C;
  // Columns of y that are stride_w apart read neighbouring columns of x by the same taps.
  for (int phase = 0; phase < min(stride_w, ow); phase++) {
    const int columns = (ow - phase + stride_w - 1) / stride_w;
    for (int q = 0; q < columns; q += PIXELS) {
      const int pixels = min(PIXELS, columns - q);
      floatC sum[PIXELS];
      for (int p = 0; p < PIXELS; p++) sum[p] = LOADC(bias + block * C);
      for (int r = 0; r < kh; r++) {
        const int above = row + top - r * dilation_h;
        if (above < 0 || above % stride_h != 0 || above / stride_h >= ih) continue;
        for (int c = 0; c < kw; c++) {
          const int before = phase + left - c * dilation_w;
          if (before % stride_w != 0) continue;
          const int column = before / stride_w + q;
          const __global float *line = from + (long)(above / stride_h) * iw * C + (long)column * C;
          const __global float *tap = weights + (((long)block * kh + r) * kw + c) * group_inputs * C;
          if (pixels == PIXELS && column >= 0 && column + PIXELS <= iw) {
            add_full(sum, line, first % C, plane, tap, group_inputs);
          } else {
            for (int p = max(0, -column); p < min(pixels, iw - column); p++) {
              sum[p] = add_one(sum[p], line + (long)p * C, first % C, plane, tap, group_inputs);
            }
          }
        }
      }
      for (int p = 0; p < pixels; p++) {
        STOREC(MASKC(sum[p], oc - block * C), to + (long)(phase + (q + p) * stride_w) * C);
      }
    }
  }
}
