// hardmax_gpu - 1 at the first of the largest elements along one axis, 0 elsewhere.
//
// A NaN is larger than nothing, and nothing is larger than a NaN in front.
//
// Work:     groups of GROUP, teams of TEAM work-items a row (rows.clh); dim 0 = groups of ROWS rows, over the batch.
// Buffers:  0-2 x view, PLAIN [outer][axis][inner] an item   3-5 y view, likewise
// Scalars:  6 axis   7 inner   8 item_rows = outer * inner   9 rows, of the whole batch
//           10 along_batch: the axis is the batch, inner an item, and that are all rows
// Defines:  GROUP   TEAM   ALONG
// Host:     HardmaxGpu.java        Cases: cases/hardmax.txt

typedef struct {
  float value;
  int place;
} Candidate;

#define RESULT Candidate
#include "include/rows.clh"
#include "include/view.clh"

static inline Candidate better(const Candidate a, const Candidate b) {
  return b.value > a.value || (b.value == a.value && b.place < a.place) ? b : a;
}

TEAM_JOIN(team_best, better)

// With values that are no NaN: in front one is as large as can be, elsewhere as small.
static inline Candidate candidate(const float v, const int place) {
  return (Candidate){isnan(v) ? (place == 0 ? INFINITY : -INFINITY) : v, place};
}

static inline Candidate best_of(const __global float *x, const long step, const int axis) {
  Candidate best = {-INFINITY, INT_MAX};
  for (int i = MEMBER; i < axis; i += TEAM) best = better(best, candidate(x[i * step], i));
  return best;
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void hardmax_gpu(IN_VIEW(x), OUT_VIEW(y), const int axis,
    const int inner, const int item_rows, const int rows, const int along_batch) {
  __local Candidate shared[GROUP];
  const int row = (int)min(TEAM_ROW, (long)rows - 1);
  const int item = row / item_rows, place = row % item_rows;
  const long start = (long)(place / inner) * axis * inner + place % inner;
  __global float *to = VIEW_ITEM(y, item) + start;
  const long x_step = along_batch ? x_batch : inner, y_step = along_batch ? y_batch : inner;

  const Candidate best = team_best(best_of(VIEW_ITEM(x, item) + start, x_step, axis), shared);
  const int end = TEAM_ROW < rows ? axis : 0;
  for (int i = MEMBER; i < end; i += TEAM) to[i * y_step] = i == best.place ? 1.0f : 0.0f;
}
