// hardmax - 1 at the first of the largest elements along one axis, 0 elsewhere.
//
// A NaN is larger than nothing, and nothing is larger than a NaN in front.
//
// Work:     one work-item per group; dim 0 = runs of C inner elements, dim 1 = outer, dim 2 = batch items.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, likewise
// Scalars:  6 axis   7 inner   8 along_batch: the axis is the batch, inner an item, dims 1 and 2 are 1
// Defines:  C = vector width
// Host:     HardmaxKernel.java        Cases: cases/hardmax.txt

#include "include/block.clh"
#include "include/view.clh"

// The first of the largest of `axis` neighbours.
static inline int first_largest(const __global float *x, int axis) {
  if (isnan(x[0])) return 0;
  floatC part = (floatC)(x[0]);
  int i = 0;
  for (; i + C <= axis; i += C) part = fmax(part, LOADC(x + i));
  float largest = largest_lane(part);
  for (; i < axis; i++) largest = fmax(largest, x[i]);
  int first = 0;
  while (x[first] != largest) first++;
  return first;
}

static inline void row(const __global float *x, __global float *y, int axis) {
  const int first = first_largest(x, axis);
  for (int i = 0; i < axis; i += C) store_lanes((floatC)(0.0f), y + i, axis - i);
  y[first] = 1.0f;
}

// `count` neighbouring elements, each with its own axis, whose elements lie a step apart.
static inline void columns(
    const __global float *x, const long x_step, __global float *y, const long y_step, int axis, int count) {
  floatC largest = load_lanes(x, count);
  intC first = (intC)(0);
  for (int i = 1; i < axis; i++) {
    const floatC v = load_lanes(x + i * x_step, count);
    const intC larger = v > largest;
    largest = select(largest, v, larger);
    first = select(first, (intC)(i), larger);
  }
  for (int i = 0; i < axis; i++) {
    store_lanes(select((floatC)(0.0f), (floatC)(1.0f), first == (intC)(i)), y + i * y_step, count);
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void hardmax(
    IN_VIEW(x), OUT_VIEW(y), const int axis, const int inner, const int along_batch) {
  const int start = (int)get_global_id(0) * C;
  const long outer = (long)get_global_id(1) * axis * inner + start;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + outer;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + outer;
  if (along_batch) {
    columns(from, x_batch, to, y_batch, axis, inner - start);
  } else if (inner == 1) {
    row(from, to, axis);
  } else {
    columns(from, inner, to, inner, axis, inner - start);
  }
}
