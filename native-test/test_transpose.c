#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { RANK = 6 };

/* Axis 0 is the batch where the case says so; the other axes are padded in front to six. */
static bool test(const Case *c, int block) {
  (void)block;
  int shape[RANK + 1], order[RANK + 1];
  int rank = case_list(c, "shape", shape, RANK + 1), skip = case_int(c, "batched");
  case_list(c, "order", order, RANK + 1);

  int stride_of[RANK + 1], size = 1, extents[RANK], strides[RANK];
  for (int i = rank - 1; i >= skip; size *= shape[i--]) stride_of[i] = size;
  for (int i = 0; i < RANK; i++) {
    int axis = i - (RANK - rank);
    extents[i] = axis < skip ? 1 : shape[order[axis]];
    strides[i] = axis < skip ? 0 : stride_of[order[axis]];
  }
  int n = skip ? shape[0] : 1;
  Image x = image_random(n, 1, 1, size, 0, -1, 1), y = image_new(n, 1, 1, size, 0);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    int at = 0, left = iw;
    for (int i = RANK - 1; i >= 0; left /= extents[i--]) at += left % extents[i] * strides[i];
    *next++ = image_get(&x, in, ic, ih, at);
  }

  int rows = 3, all_rows = size / extents[RANK - 1];
  Launch launch = launch_new("transpose", "");
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, rows);
  for (int i = 0; i < RANK; i++) launch_int(&launch, extents[i]);
  for (int i = 0; i < RANK; i++) launch_int(&launch, strides[i]);
  bool passed = launch_run(&launch, (size_t)((all_rows + rows - 1) / rows), 1, (size_t)n) && image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_plain("transpose", test); }
