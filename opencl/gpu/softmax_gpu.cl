// softmax_gpu - exp(x - max) / sum exp(x - max) along one axis, or its logarithm.
//
// Work:     groups of GROUP, teams of TEAM work-items a row (rows.clh); dim 0 = groups of ROWS rows, over the batch.
//           A row is read three times, from the cache but for the first.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, likewise
// Scalars:  6 axis   7 inner   8 item_rows = outer * inner   9 rows, of the whole batch
//           10 along_batch: the axis is the batch, inner an item, and that are all rows
// Defines:  LOG_SOFTMAX 1 = x - max - log sum exp(x - max)   GROUP   TEAM   ALONG
// Host:     SoftmaxGpu.java        Cases: cases/softmax.txt

#include "include/rows.clh"
#include "include/view.clh"

#ifndef LOG_SOFTMAX
#define LOG_SOFTMAX 0
#endif

#define ADD(a, b) ((a) + (b))
TEAM_JOIN(team_max, fmax)
TEAM_JOIN(team_sum, ADD)

// A member's largest element; NaN counts as none.
static inline float largest_of(const __global float *x, const long step, const int axis) {
  float largest = -INFINITY;
  for (int i = MEMBER; i < axis; i += TEAM) largest = fmax(largest, x[i * step]);
  return largest;
}

// A member's sum of exp(x - largest).
static inline float sum_of(const __global float *x, const long step, const int axis, const float largest) {
  Runs so = runs_none(0.0f);
  for (int start = MEMBER; start < axis;) {
    float run = 0.0f;
    for (int i = 0; i < RUN && start < axis; i++, start += TEAM) run += exp(x[start * step] - largest);
    RUNS_ADD(so, run, 0.0f, ADD)
  }
  return so.all + so.part;
}

static inline float normalise(const float v, const float largest, const float sum) {
#if LOG_SOFTMAX
  return v - largest - log(sum);
#else
  return exp(v - largest) / sum;
#endif
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void softmax_gpu(IN_VIEW(x), OUT_VIEW(y), const int axis,
    const int inner, const int item_rows, const int rows, const int along_batch) {
  __local float shared[GROUP];
  const int row = (int)min(TEAM_ROW, (long)rows - 1);
  const int item = row / item_rows, place = row % item_rows;
  const long start = (long)(place / inner) * axis * inner + place % inner;
  const __global float *from = VIEW_ITEM(x, item) + start;
  __global float *to = VIEW_ITEM(y, item) + start;
  const long x_step = along_batch ? x_batch : inner, y_step = along_batch ? y_batch : inner;

  const float largest = team_max(largest_of(from, x_step, axis), shared);
  const float sum = team_sum(sum_of(from, x_step, axis, largest), shared);
  const int end = TEAM_ROW < rows ? axis : 0;
  for (int i = MEMBER; i < end; i += TEAM) to[i * y_step] = normalise(from[i * x_step], largest, sum);
}
