// row_norm - (x - mean) / sqrt(variance + epsilon) * scale + shift, the moments those of a row.
//
// Work:     one work-item per group; dim 0 = rows of a batch item, dim 1 = batch items.
// Buffers:  0-2 x view, PLAIN [rows][length] an item   3-5 y view, likewise   6 scale   7 shift [rows or 1][length/run]
//           with STATISTICS: 8-10 mean view, PLAIN [rows] an item   11-13 1 / sqrt(variance + epsilon), likewise
// Scalars:  length   run: neighbouring elements with one scale   step: from a row's scales to the next row's; 0 where
//           all rows have the same   epsilon (float)
// Defines:  STATISTICS 1 = the moments are wanted   C = vector width
// Host:     RowNormLaunch.java        Cases: cases/row_norm.txt

#include "include/lanes.clh"
#include "include/view.clh"

#ifndef STATISTICS
#define STATISTICS 0
#endif

#define CHAINS 4
#define RUN (CHAINS * PAIRWISE_RUN * C)

// Sum of x - near over at most RUN elements, and of its square into *squares; chains hide the latency of an addition.
static inline floatC run_about(const __global float *x, const float near, const int length, floatC *squares) {
  floatC sum[CHAINS] = {(floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f)};
  floatC square[CHAINS] = {(floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f)};
  int i = 0;
  for (; i + CHAINS * C <= length; i += CHAINS * C) {
#pragma unroll
    for (int k = 0; k < CHAINS; k++) {
      const floatC d = LOADC(x + i + k * C) - near;
      sum[k] += d;
      square[k] = fma(d, d, square[k]);
    }
  }
  for (; i < length; i += C) {
    const floatC d = MASKC(load_lanes(x + i, length - i) - near, length - i);
    sum[0] += d;
    square[0] = fma(d, d, square[0]);
  }
  *squares = (square[0] + square[1]) + (square[2] + square[3]);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

// Means of x - near and of its square: where a row's values lie close together, what rounding took from its mean is
// large beside their differences (Chan, Golub, LeVeque: Algorithms for computing the sample variance, 1983).
static inline float2 moments_about(const __global float *x, const float near, const int length) {
  Pairwise sum, squares;
  sum.runs = squares.runs = 0;
  for (int i = 0; i < length; i += RUN) {
    floatC square;
    pairwise_add(&sum, run_about(x + i, near, min(RUN, length - i), &square));
    pairwise_add(&squares, square);
  }
  const floatC none = (floatC)(0.0f);
  return (float2)(join_lanes(pairwise_all(&sum, none)), join_lanes(pairwise_all(&squares, none))) / length;
}

// Elements that each have a scale and a shift of their own.
static inline void each(const __global float *x, __global float *y, const __global float *scale,
    const __global float *shift, const float near, const float rest, const float factor, const int length) {
  for (int i = 0; i < length; i += C) {
    const int left = length - i;
    const floatC v = (load_lanes(x + i, left) - near - rest) * factor;
    store_lanes(fma(v, load_lanes(scale + i, left), load_lanes(shift + i, left)), y + i, left);
  }
}

// Elements that share them.
static inline void scale_run(const __global float *x, __global float *y, const float scale, const float shift,
    const float near, const float rest, const float factor, const int length) {
  for (int i = 0; i < length; i += C) {
    const int left = length - i;
    const floatC v = (load_lanes(x + i, left) - near - rest) * factor;
    store_lanes(fma(v, (floatC)(scale), (floatC)(shift)), y + i, left);
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void row_norm(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict scale, const __global float *restrict shift,
#if STATISTICS
    OUT_VIEW(means), OUT_VIEW(factors),
#endif
    const int length, const int run, const int step, const float epsilon) {
  const int row = get_global_id(0);
  const __global float *from = VIEW_ITEM(x, get_global_id(1)) + (long)row * length;
  __global float *to = VIEW_ITEM(y, get_global_id(1)) + (long)row * length;
  const float near = moments_about(from, 0.0f, length).x;
  const float2 about = moments_about(from, near, length);
  const float rest = about.x, variance = about.y - rest * rest;
  const float factor = 1.0f / sqrt((variance < 0.0f ? 0.0f : variance) + epsilon);
  const __global float *own_scale = scale + (long)row * step;
  const __global float *own_shift = shift + (long)row * step;
  if (run == 1) {
    each(from, to, own_scale, own_shift, near, rest, factor, length);
  } else {
    for (int k = 0; k < length / run; k++) {
      scale_run(from + (long)k * run, to + (long)k * run, own_scale[k], own_shift[k], near, rest, factor, run);
    }
  }
#if STATISTICS
  VIEW_ITEM(means, get_global_id(1))[row] = near + rest;
  VIEW_ITEM(factors, get_global_id(1))[row] = factor;
#endif
}
