// reduce - one element of all along an axis, and along the batch where that is asked for: sum, mean, maximum ...
//
// Work:     one work-item per group; dim 0 = runs of C inner elements, dim 1 = outer, dim 2 = batch items kept.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, PLAIN, its elements in the order of the work
// Scalars:  6 axis   7 inner   8 items: batch items of x that make one   9 y_item: elements of a batch item of y
// Defines:  what is made of the elements, all four or none, which is the sum: START = the result of none
//           TERM(v) = the term of an element   JOIN(so, v) = the join of two results
//           FINISH(v, count) = what is made of the float v, the result of `count` elements   C = vector width
// Host:     ReduceKernel.java        Cases: cases/reduce.txt

#include "include/block.clh"
#include "include/view.clh"

#ifndef START
#define START 0.0f
#define TERM(v) (v)
#define JOIN(so, v) ((so) + (v))
#define FINISH(v, count) (v)
#endif

#include "include/lanes.clh"

#define CHAINS 4
#define ROW_RUN (CHAINS * PAIRWISE_RUN * C)

// At most ROW_RUN neighbours; several chains hide the latency of an operation.
static inline floatC row_run(const __global float *x, const int count) {
  floatC so[CHAINS] = {(floatC)(START), (floatC)(START), (floatC)(START), (floatC)(START)};
  int i = 0;
  for (; i + CHAINS * C <= count; i += CHAINS * C) {
#pragma unroll
    for (int k = 0; k < CHAINS; k++) {
      const floatC v = TERM(LOADC(x + i + k * C));
      so[k] = JOIN(so[k], v);
    }
  }
  for (; i < count; i += C) {
    const floatC v = select((floatC)(START), TERM(load_lanes(x + i, count - i)), LANES < (intC)(count - i));
    so[0] = JOIN(so[0], v);
  }
  const floatC low = JOIN(so[0], so[1]), high = JOIN(so[2], so[3]);
  return JOIN(low, high);
}

// At most PAIRWISE_RUN rows of `count` neighbours, `inner` apart.
static inline floatC column_run(const __global float *x, const int rows, const int inner, const int count) {
  floatC so = (floatC)(START);
  for (int i = 0; i < rows; i++) {
    const floatC v = TERM(load_lanes(x + (long)i * inner, count));
    so = JOIN(so, v);
  }
  return so;
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void reduce(
    IN_VIEW(x), OUT_VIEW(y), const int axis, const int inner, const int items, const int y_item) {
  const int first = (int)get_global_id(0) * C;
  const int count = min(C, inner - first);
  const long group = get_global_id(2) * get_global_size(1) + get_global_id(1);
  Pairwise all;
  all.runs = 0;
  for (int item = 0; item < items; item++) {
    const __global float *from =
        VIEW_ITEM(x, get_global_id(2) * items + item) + (long)get_global_id(1) * axis * inner + first;
    for (int i = 0; inner == 1 && i < axis; i += ROW_RUN) {
      pairwise_add(&all, row_run(from + i, min(ROW_RUN, axis - i)));
    }
    for (int i = 0; inner > 1 && i < axis; i += PAIRWISE_RUN) {
      pairwise_add(&all, column_run(from + (long)i * inner, min(PAIRWISE_RUN, axis - i), inner, count));
    }
  }
  const floatC so = pairwise_all(&all, (floatC)(START));
  float lanes[C];
  STOREC(so, lanes);
  if (inner == 1) lanes[0] = join_lanes(so);  // lanes beyond a row's end hold START
  for (int i = 0; i < count; i++) {
    const long at = group * inner + first + i;
    VIEW_ITEM(y, at / y_item)[at % y_item] = FINISH(lanes[i], (float)axis * items);
  }
}
