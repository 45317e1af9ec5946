// reduce_gpu - one element of all along an axis, and along the batch where that is asked for: sum, mean, maximum ...
//
// Work:     groups of GROUP, teams of TEAM work-items a row (rows.clh), which is all that makes one element of y;
//           dim 0 = groups of ROWS rows, over the batch.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, PLAIN, its elements in the order of the rows
// Scalars:  6 axis   7 inner   8 items: batch items of x that make one   9 item_rows = outer * inner
//           10 rows, of the whole batch   11 y_item: elements of a batch item of y
// Defines:  what is made of the elements, all four or none, which is the sum: START = the result of none
//           TERM(v) = the term of an element   JOIN(so, v) = the join of two results
//           FINISH(v, count) = what is made of the float v, the result of `count` elements   GROUP   TEAM   ALONG
// Host:     ReduceGpu.java        Cases: cases/reduce.txt

#ifndef START
#define START 0.0f
#define TERM(v) (v)
#define JOIN(so, v) ((so) + (v))
#define FINISH(v, count) (v)
#endif

#include "include/rows.clh"
#include "include/view.clh"

TEAM_JOIN(team_all, JOIN)

// Where element i of a row lies, from its first one.
static inline long place_of(const int i, const int axis, const int inner, const int items, const long x_batch) {
  return items == 1 ? (long)i * inner : i / axis * x_batch + (long)(i % axis) * inner;
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void reduce_gpu(IN_VIEW(x), OUT_VIEW(y), const int axis,
    const int inner, const int items, const int item_rows, const int rows, const int y_item) {
  __local float shared[GROUP];
  const int row = (int)min(TEAM_ROW, (long)rows - 1);
  const int place = row % item_rows, length = axis * items;
  const __global float *from =
      VIEW_ITEM(x, row / item_rows * items) + (long)(place / inner) * axis * inner + place % inner;

  Runs so = runs_none(START);
  for (int at = MEMBER; at < length;) {
    float run = START;
    for (int i = 0; i < RUN && at < length; i++, at += TEAM) {
      const float v = from[place_of(at, axis, inner, items, x_batch)];
      run = JOIN(run, TERM(v));
    }
    RUNS_ADD(so, run, START, JOIN)
  }
  const float all = team_all(JOIN(so.all, so.part), shared);
  if (MEMBER == 0 && TEAM_ROW < rows) VIEW_ITEM(y, row / y_item)[row % y_item] = FINISH(all, (float)length);
}
