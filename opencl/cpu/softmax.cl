// softmax - exp(x - max) / sum exp(x - max) along one axis, or its logarithm.
//
// Work:     one work-item per group; dim 0 = runs of C inner elements, dim 1 = outer, dim 2 = batch items.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, likewise
// Scalars:  6 axis   7 inner   8 along_batch: the axis is the batch, inner an item, dims 1 and 2 are 1
// Defines:  LOG_SOFTMAX 1 = x - max - log sum exp(x - max)   C = vector width
// Host:     SoftmaxKernel.java        Cases: cases/softmax.txt

#include "include/lanes.clh"
#include "include/view.clh"

#ifndef LOG_SOFTMAX
#define LOG_SOFTMAX 0
#endif

static inline floatC normalise(floatC v, floatC largest, floatC sum) {
#if LOG_SOFTMAX
  return v - largest - log(sum);
#else
  return exp(v - largest) / sum;
#endif
}

// One vector along the axis, which is contiguous; lanes beyond its end hold `filler`.
static inline floatC along(const __global float *x, int left, float filler) {
  return select((floatC)(filler), load_lanes(x, left), LANES < (intC)(left));
}

#define ROW_RUN (PAIRWISE_RUN * C)

// Sums of exp(x - largest) over at most ROW_RUN neighbours. Unless logarithms are wanted the terms wait in y.
static inline floatC row_run(const __global float *x, __global float *y, int count, float largest) {
  floatC sum = (floatC)(0.0f);
  for (int i = 0; i < count; i += C) {
    const floatC term = exp(along(x + i, count - i, -INFINITY) - largest);
#if !LOG_SOFTMAX
    store_lanes(term, y + i, count - i);
#endif
    sum += MASKC(term, count - i);
  }
  return sum;
}

// The same over at most PAIRWISE_RUN rows of `count` neighbours.
static inline floatC column_run(const __global float *x, const long x_step, int rows, int count, floatC largest) {
  floatC sum = (floatC)(0.0f);
  for (int i = 0; i < rows; i++) sum += exp(load_lanes(x + i * x_step, count) - largest);
  return sum;
}

static inline void row(const __global float *x, __global float *y, int axis) {
  floatC part = (floatC)(-INFINITY);
  for (int i = 0; i < axis; i += C) part = fmax(part, along(x + i, axis - i, -INFINITY));
  const float largest = largest_lane(part);
  Pairwise all;
  all.runs = 0;
  for (int i = 0; i < axis; i += ROW_RUN) pairwise_add(&all, row_run(x + i, y + i, min(ROW_RUN, axis - i), largest));
  const float sum = join_lanes(pairwise_all(&all, (floatC)(0.0f)));
  for (int i = 0; i < axis; i += C) {
#if LOG_SOFTMAX
    store_lanes(normalise(load_lanes(x + i, axis - i), largest, sum), y + i, axis - i);
#else
    store_lanes(load_lanes(y + i, axis - i) / sum, y + i, axis - i);
#endif
  }
}

// `count` neighbouring elements, each with its own axis, whose elements lie a step apart.
static inline void columns(
    const __global float *x, const long x_step, __global float *y, const long y_step, int axis, int count) {
  floatC largest = (floatC)(-INFINITY);
  for (int i = 0; i < axis; i++) largest = fmax(largest, load_lanes(x + i * x_step, count));
  Pairwise all;
  all.runs = 0;
  for (int i = 0; i < axis; i += PAIRWISE_RUN) {
    pairwise_add(&all, column_run(x + i * x_step, x_step, min(PAIRWISE_RUN, axis - i), count, largest));
  }
  const floatC sum = pairwise_all(&all, (floatC)(0.0f));
  for (int i = 0; i < axis; i++) {
    store_lanes(normalise(load_lanes(x + i * x_step, count), largest, sum), y + i * y_step, count);
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void softmax(
    IN_VIEW(x), OUT_VIEW(y), const int axis, const int inner, const int along_batch) {
  const int first = (int)get_global_id(0) * C;
  const long start = (long)get_global_id(1) * axis * inner + first;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + start;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + start;
  if (along_batch) {
    columns(from, x_batch, to, y_batch, axis, inner - first);
  } else if (inner == 1) {
    row(from, to, axis);
  } else {
    columns(from, inner, to, inner, axis, inner - first);
  }
}
