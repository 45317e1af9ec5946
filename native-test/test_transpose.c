#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { RANK = 6 };

/* y's axis 0 in front, then axes of extent 1, then the others: where axis `axis` of `rank` goes among six. */
static int slot(int axis, int rank) { return axis == 0 ? 0 : RANK - rank + axis; }

/* x[shape], of which each axis gives count elements from first on, step apart, in the order of axes `order`. */
static bool test(const Case *c, int block) {
  (void)block;
  int shape[RANK], order[RANK], first[RANK], step[RANK], count[RANK];
  int rank = case_list(c, "shape", shape, RANK);
  case_list(c, "order", order, RANK);
  case_list(c, "first", first, RANK);
  case_list(c, "step", step, RANK);
  case_list(c, "count", count, RANK);

  int stride_of[RANK] = {1}, item = 1, y_item = 1, start = 0;
  for (int i = rank - 1; i > 0; item *= shape[i--]) stride_of[i] = item;
  int extents[RANK] = {1, 1, 1, 1, 1, 1}, strides[RANK] = {0}, outer = 0;
  for (int i = 0; i < rank; i++) {
    extents[slot(i, rank)] = count[order[i]];
    strides[slot(i, rank)] = stride_of[order[i]] * step[order[i]];
    if (order[i] == 0) outer = slot(i, rank);
    if (i > 0) start += first[i] * stride_of[i], y_item *= count[order[i]];
  }
  Image x = image_random(shape[0], 1, 1, item, 0, -1, 1), y = image_new(extents[0], 1, 1, y_item, 0);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    int place[RANK], left = in * y_item + iw, at = start, n = first[0];
    for (int i = RANK - 1; i >= 0; left /= extents[i--]) place[i] = left % extents[i];
    for (int i = 0; i < RANK; i++) *(i == outer ? &n : &at) += place[i] * strides[i];
    *next++ = image_get(&x, n, ic, ih, at);
  }

  int rows = 3, all_rows = y_item / extents[RANK - 1];
  Launch launch = launch_new("transpose", "");
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, rows);
  for (int i = 1; i < RANK; i++) launch_int(&launch, extents[i]);
  launch_int(&launch, start);
  launch_int(&launch, first[0]);
  launch_int(&launch, outer);
  for (int i = 0; i < RANK; i++) launch_int(&launch, strides[i]);
  bool passed =
      launch_run(&launch, (size_t)((all_rows + rows - 1) / rows), 1, (size_t)y.n) && image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_plain("transpose", test); }
