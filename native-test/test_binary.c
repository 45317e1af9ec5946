#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "operation.h"
#include "suite.h"

enum { INNER = 5, RANK = 6 };

/* A shape of six axes, 1 in front; axis 0 is the batch. */
typedef struct {
  int axes[RANK];
} Shape;

static Shape shape_of(const Case *c, const char *column) {
  int written[RANK];
  int rank = case_list(c, column, written, RANK);
  Shape shape = {{1, 1, 1, 1, 1, 1}};
  memcpy(shape.axes + RANK - rank, written, (size_t)rank * sizeof *written);
  return shape;
}

static int item_size(const Shape *shape) {
  int size = 1;
  for (int i = 1; i < RANK; i++) size *= shape->axes[i];
  return size;
}

/* Strides of the five inner axes, 0 along those of extent 1. */
static void strides_of(const Shape *shape, int strides[INNER]) {
  int step = 1;
  for (int i = RANK - 1; i > 0; step *= shape->axes[i--]) strides[i - 1] = shape->axes[i] == 1 ? 0 : step;
}

static int place(const Shape *y, const int strides[INNER], int element) {
  int at = 0;
  for (int i = RANK - 1; i > 0; element /= y->axes[i--]) at += element % y->axes[i] * strides[i - 1];
  return at;
}

static bool test(const Case *c, int block) {
  Shape a_shape = shape_of(c, "a"), b_shape = shape_of(c, "b"), y_shape = a_shape;
  int a_strides[INNER], b_strides[INNER];
  for (int i = 0; i < RANK; i++) if (b_shape.axes[i] > 1) y_shape.axes[i] = b_shape.axes[i];
  strides_of(&a_shape, a_strides);
  strides_of(&b_shape, b_strides);
  bool a_batched = a_shape.axes[0] > 1, b_batched = b_shape.axes[0] > 1, in_place = case_int(c, "in_place");
  int n = y_shape.axes[0], size = item_size(&y_shape);
  Image a = image_random(a_shape.axes[0], 1, 1, item_size(&a_shape), 0, -2, 2);
  Image b = image_random(b_shape.axes[0], 1, 1, item_size(&b_shape), 0, 1, 2), y = image_new(n, 1, 1, size, 0);
  if (case_int(c, "nan")) image_add_nan(&b);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    float p = image_get(&a, a_batched ? in : 0, ic, ih, place(&y_shape, a_strides, iw));
    *next++ = operation_apply(c, p, image_get(&b, b_batched ? in : 0, ic, ih, place(&y_shape, b_strides, iw)));
  }

  int rows = 3, all_rows = size / y_shape.axes[RANK - 1];
  Launch launch = launch_new("binary", prelude("#define C %d\n%s", block, operation_define(c)));
  launch_reads_image(&launch, &a);
  launch_reads_image(&launch, &b);
  launch_writes_image(&launch, in_place ? &a : &y);
  launch_int(&launch, a_batched);
  launch_int(&launch, b_batched);
  launch_int(&launch, rows);
  for (int i = 1; i < RANK; i++) launch_int(&launch, y_shape.axes[i]);
  for (int i = 0; i < INNER; i++) launch_int(&launch, a_strides[i]);
  for (int i = 0; i < INNER; i++) launch_int(&launch, b_strides[i]);
  bool passed = launch_run(&launch, (size_t)((all_rows + rows - 1) / rows), 1, (size_t)n) && image_matches(in_place ? &a : &y, expected, 1e-6);
  free(expected);
  image_free(&a);
  image_free(&b);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("binary", test); }
