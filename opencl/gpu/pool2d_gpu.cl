// pool2d_gpu - maximum or average over a sliding window of H and W.
//
// Neighbours take neighbouring columns, whose windows the cache shares; a work-item's own outputs stand one above the
// other and share the rows that it loads.
//
// Work:     groups of GROUP; a work-item = one block of OUTPUTS rows of y at one column; dim 0 = blocks *
//           ceil(oh/OUTPUTS) * ow, rounded up, dim 2 = batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][h][w][4]   3-5 y view, blocked [ceil(channels/4)][oh][ow][4]
// Scalars:  6 channels   7 h   8 w   9 oh   10 ow   11 kernel_h   12 kernel_w   13 stride_h   14 stride_w
//           15 dilation_h   16 dilation_w   17 pad_top   18 pad_left   19 pad_bottom   20 pad_right
//           21 include_pad: an average counts the taps in the padding (those beyond it, of a window that
//           a rounded-up output extent lets overhang, never)
// Defines:  C = 4   GROUP   POOL_MAX 1 = maximum, 0 = average
//           OUTPUTS = 1, 2 or 4; 1 where dilation_h is not   LONG 1 = more taps than one running sum may have
// Host:     Pool2dGpu.java        Cases: cases/pool2d.txt

#ifndef C
#define C 4
#endif
#ifndef GROUP
#define GROUP 64
#endif
#ifndef OUTPUTS
#define OUTPUTS 1
#endif
#ifndef LONG
#define LONG 0
#endif

#include "include/block4.clh"
#include "include/pool.clh"
#include "include/pool_window.clh"
#include "include/view.clh"

// Taps of a run of an average, which is rounded once more than it has taps.
#define RUN 16

// A row's taps, from `at` on, `step` floats apart, joined with those before it. What the sum of runs loses is kept.
static inline float4 add_row(float4 sum, float4 *lost, const __global float *at, int count, int step) {
#if LONG
  for (int j = 0; j < count; j += RUN) {
    float4 run = POOL_START;
    for (int i = j; i < min(count, j + RUN); i++) run += LOAD4(at + (long)i * step);
    const float4 next = sum + run, kept = next - sum;
    *lost += (sum - (next - kept)) + (run - kept);
    sum = next;
  }
#else
  for (int j = 0; j < count; j++) sum = pool_step(sum, LOAD4(at + (long)j * step));
#endif
  return sum;
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void pool2d_gpu(IN_VIEW(x), OUT_VIEW(y), const int channels,
    const int h, const int w, const int oh, const int ow, const int kernel_h, const int kernel_w, const int stride_h,
    const int stride_w, const int dilation_h, const int dilation_w, const int pad_top, const int pad_left,
    const int pad_bottom, const int pad_right, const int include_pad) {
  const uint at = get_global_id(0);
  const int bands = (oh + OUTPUTS - 1) / OUTPUTS;
  const int line = at / ow, block = line / bands, column = at - line * ow;
  if (block * 4 >= channels) return;
  const int first = (line - block * bands) * OUTPUTS;
  const int left = column * stride_w - pad_left, top = first * stride_h - pad_top;
  const Taps u = taps(left, w, pad_left, pad_right, dilation_w, kernel_w, include_pad);
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + ((long)block * h * w + left + u.first * dilation_w) * 4;

  float4 sum[OUTPUTS], lost = (float4)(0.0f);
#pragma unroll
  for (int k = 0; k < OUTPUTS; k++) sum[k] = POOL_START;
#if OUTPUTS == 1
  const Taps v = taps(top, h, pad_top, pad_bottom, dilation_h, kernel_h, include_pad);
  for (int i = v.first; i < v.first + v.count; i++) {
    sum[0] = add_row(sum[0], &lost, from + (long)(top + i * dilation_h) * w * 4, u.count, dilation_w * 4);
  }
#else
  for (int i = 0; i < (OUTPUTS - 1) * stride_h + kernel_h; i++) {
    if (top + i < 0 || top + i >= h) continue;
    const __global float *row = from + (long)(top + i) * w * 4;
    for (int j = 0; j < u.count; j++) {
      const float4 v = LOAD4(row + j * dilation_w * 4);
#pragma unroll
      for (int k = 0; k < OUTPUTS; k++) {
        if (i >= k * stride_h && i < k * stride_h + kernel_h) sum[k] = pool_step(sum[k], v);
      }
    }
  }
#endif
#if LONG
  sum[0] = select(sum[0] + lost, sum[0], isnan(lost));
#endif

  __global float *to = VIEW_ITEM(y, get_global_id(2)) + (((long)block * oh + first) * ow + column) * 4;
#pragma unroll
  for (int k = 0; k < OUTPUTS; k++) {
    const Taps v =
        taps(top + k * stride_h, h, pad_top, pad_bottom, OUTPUTS > 1 ? 1 : dilation_h, kernel_h, include_pad);
    if (first + k < oh)
      STORE4(MASK4(pool_finish(sum[k], v.counted * u.counted), channels - block * 4), to + (long)k * ow * 4);
  }
}
