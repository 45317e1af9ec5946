// row_norm_gpu - (x - mean) / sqrt(variance + epsilon) * scale + shift, the moments those of a row.
//
// Work:     groups of GROUP, teams of TEAM work-items a row (rows.clh, ALONG 1); dim 0 = groups of ROWS rows, over the
//           batch. A row is read three times, from the cache but for the first.
// Buffers:  0-2 x view, PLAIN [rows][length] an item   3-5 y view, likewise   6 scale   7 shift [rows or 1][length/run]
//           with STATISTICS: 8-10 mean view, PLAIN [rows] an item   11-13 1 / sqrt(variance + epsilon), likewise
// Scalars:  length   run: neighbouring elements with one scale   step: from a row's scales to the next row's; 0 where
//           all rows have the same   item_rows: rows of a batch item   rows, of the whole batch   epsilon (float)
// Defines:  STATISTICS 1 = the moments are wanted   GROUP   TEAM
// Host:     RowNormGpu.java        Cases: cases/row_norm.txt

#define RESULT float2
#include "include/rows.clh"
#include "include/view.clh"

#ifndef STATISTICS
#define STATISTICS 0
#endif

#define ADD(a, b) ((a) + (b))
TEAM_JOIN(team_sum, ADD)

// A member's sums of x - near and of its square.
static inline float2 sums_about(const __global float *x, const float near, const int length) {
  const float2 none = (float2)(0.0f);
  Runs so = runs_none(none);
  for (int at = MEMBER; at < length;) {
    float2 run = none;
    for (int i = 0; i < RUN && at < length; i++, at += TEAM) {
      const float d = x[at] - near;
      run = (float2)(run.x + d, fma(d, d, run.y));
    }
    RUNS_ADD(so, run, none, ADD)
  }
  return so.all + so.part;
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void row_norm_gpu(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict scale, const __global float *restrict shift,
#if STATISTICS
    OUT_VIEW(means), OUT_VIEW(factors),
#endif
    const int length, const int run, const int step, const int item_rows, const int rows, const float epsilon) {
  __local float2 shared[GROUP];
  const int number = (int)min(TEAM_ROW, (long)rows - 1);
  const int item = number / item_rows, row = number % item_rows;
  const __global float *from = VIEW_ITEM(x, item) + (long)row * length;
  __global float *to = VIEW_ITEM(y, item) + (long)row * length;

  // Moments about a first mean, see row_norm.cl.
  const float near = team_sum(sums_about(from, 0.0f, length), shared).x / length;
  const float2 about = team_sum(sums_about(from, near, length), shared) / length;
  const float rest = about.x, variance = about.y - rest * rest;
  const float factor = 1.0f / sqrt((variance < 0.0f ? 0.0f : variance) + epsilon);
  const __global float *own_scale = scale + (long)row * step;
  const __global float *own_shift = shift + (long)row * step;
  const int end = TEAM_ROW < rows ? length : 0;
  for (int i = MEMBER; i < end; i += TEAM) {
    const int k = run == 1 ? i : i / run;
    to[i] = fma((from[i] - near - rest) * factor, own_scale[k], own_shift[k]);
  }
#if STATISTICS
  if (MEMBER == 0 && end > 0) {
    VIEW_ITEM(means, item)[row] = near + rest;
    VIEW_ITEM(factors, item)[row] = factor;
  }
#endif
}
