// pool2d - maximum or average over a sliding window of H and W.
//
// Work:     one work-item per group; dim 0 = bands of `rows` output rows, dim 1 = channel blocks, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][h][w][C]   3-5 y view, blocked [ceil(channels/C)][oh][ow][C]
// Scalars:  6 channels   7 h   8 w   9 oh   10 ow   11 rows   12 kernel_h   13 kernel_w   14 stride_h   15 stride_w
//           16 dilation_h   17 dilation_w   18 pad_top   19 pad_left   20 pad_bottom   21 pad_right
//           22 include_pad: an average counts the taps in the padding (those beyond it, of a window that
//           a rounded-up output extent lets overhang, never)
// Defines:  C = channel block   POOL_MAX 1 = maximum, 0 = average
// Host:     Pool2dKernel.java        Cases: cases/pool2d.txt

#include "include/pairwise.clh"
#include "include/pool.clh"
#include "include/pool_window.clh"
#include "include/view.clh"

// A window that lies inside the image: its first tap, its extents, and floats from tap to tap.
typedef struct {
  int row_count, column_count, row_step, column_step;
} Window;

static inline floatC reduce(const __global float *at, const Window k) {
  floatC sum = POOL_START;
  for (int i = 0; i < k.row_count; i++) {
    for (int j = 0; j < k.column_count; j++) {
      sum = pool_step(sum, LOADC(at + (long)i * k.row_step + j * k.column_step));
    }
  }
  return sum;
}

// The same for an average of so many taps that one running sum would round too often.
static inline bool is_long(const Window k) { return !POOL_MAX && k.row_count * k.column_count > PAIRWISE_RUN; }

static inline floatC reduce_long(const __global float *at, const Window k) {
  Pairwise all;
  all.runs = 0;
  for (int i = 0; i < k.row_count; i++) {
    for (int j = 0; j < k.column_count; j += PAIRWISE_RUN) {
      const Window run = {1, min(PAIRWISE_RUN, k.column_count - j), 0, k.column_step};
      pairwise_add(&all, reduce(at + (long)i * k.row_step + (long)j * k.column_step, run));
    }
  }
  return pairwise_all(&all, POOL_START);
}

static inline floatC quick_reduce(const __global float *at, const Window k, floatC *doubt) {
  floatC sum = POOL_START, own = (floatC)(0.0f);
  for (int i = 0; i < k.row_count; i++) {
    const __global float *tap = at + (long)i * k.row_step;
    int j = 0;
    for (; j + 3 <= k.column_count; j += 3, tap += 3 * k.column_step) {
      sum = pool_quick_step(sum, LOADC(tap), &own);
      sum = pool_quick_step(sum, LOADC(tap + k.column_step), &own);
      sum = pool_quick_step(sum, LOADC(tap + 2 * k.column_step), &own);
    }
    for (; j < k.column_count; j++, tap += k.column_step) {
      sum = pool_quick_step(sum, LOADC(tap), &own);
    }
  }
  *doubt += own;
  return sum;
}

// `length` outputs whose windows overhang neither left nor right, `stride` floats apart.
static inline void interior(
    const __global float *at, __global float *to, int length, int stride, const Window k, int divisor, int lanes) {
  if (is_long(k)) {
    for (int i = 0; i < length; i++) {
      STOREC(MASKC(pool_finish(reduce_long(at + (long)i * stride, k), divisor), lanes), to + i * C);
    }
    return;
  }
  floatC doubt = (floatC)(0.0f);
  for (int i = 0; i < length; i++) {
    const floatC sum = quick_reduce(at + (long)i * stride, k, &doubt);
    STOREC(MASKC(pool_finish(sum, divisor), lanes), to + i * C);
  }
  if (!any(doubt != doubt)) return;
  for (int i = 0; i < length; i++) {
    STOREC(MASKC(reduce(at + (long)i * stride, k), lanes), to + i * C);
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void pool2d(IN_VIEW(x), OUT_VIEW(y), const int channels,
    const int h, const int w, const int oh, const int ow, const int rows, const int kernel_h, const int kernel_w,
    const int stride_h, const int stride_w, const int dilation_h, const int dilation_w, const int pad_top,
    const int pad_left, const int pad_bottom, const int pad_right, const int include_pad) {
  const int block = get_global_id(1);
  const int lanes = channels - block * C;
  const __global float *plane = VIEW_ITEM(x, get_global_id(2)) + (long)block * h * w * C;
  __global float *out = VIEW_ITEM(y, get_global_id(2)) + (long)block * oh * ow * C;

  const int slack = w + pad_left - (kernel_w - 1) * dilation_w - 1;
  const int begin = min(ow, (pad_left + stride_w - 1) / stride_w);
  const int end = slack < 0 ? begin : clamp(slack / stride_w + 1, begin, ow);

  const int first_row = (int)get_global_id(0) * rows, end_row = min(oh, first_row + rows);
  for (int i = first_row; i < end_row; i++) {
    const int top = i * stride_h - pad_top;
    const Taps v = taps(top, h, pad_top, pad_bottom, dilation_h, kernel_h, include_pad);
    const __global float *row = plane + (long)(top + v.first * dilation_h) * w * C;
    __global float *to = out + (long)i * ow * C;

    const Window whole = {v.count, kernel_w, dilation_h * w * C, dilation_w * C};
    interior(row + (begin * stride_w - pad_left) * C, to + begin * C, end - begin, stride_w * C, whole,
        v.counted * kernel_w, lanes);
    for (int j = 0; j < ow; j++) {
      if (j >= begin && j < end) continue;
      const int left = j * stride_w - pad_left;
      const Taps u = taps(left, w, pad_left, pad_right, dilation_w, kernel_w, include_pad);
      const Window part = {v.count, u.count, whole.row_step, whole.column_step};
      const __global float *at = row + (left + u.first * dilation_w) * C;
      const floatC sum = is_long(part) ? reduce_long(at, part) : reduce(at, part);
      STOREC(MASKC(pool_finish(sum, v.counted * u.counted), lanes), to + j * C);
    }
  }
}
