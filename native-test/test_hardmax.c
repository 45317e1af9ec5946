#include <math.h>
#include <stdlib.h>

#include "rows.h"
#include "suite.h"

static double define(const Image *x, bool batch, int n, int outer, int axis, int inner) {
  int length = batch ? x->n : x->h, best = 0;
  for (int i = 1; i < length; i++) {
    if (image_along(x, batch, n, outer, i, inner) > image_along(x, batch, n, outer, best, inner)) best = i;
  }
  return best == (batch ? n : axis);
}

/* Values of which many are equal. */
static void make_ties(Image *x) {
  EACH_ELEMENT(*x, n, c, h, w) image_set(x, n, c, h, w, floorf(image_get(x, n, c, h, w)));
}

/* An item is [outer][axis][inner]: the image's c, h and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), outer = case_int(c, "outer"), axis = case_int(c, "axis"), inner = case_int(c, "inner");
  bool batch = axis == 0;
  Image x = image_random(n, outer, batch ? 1 : axis, inner, 0, -2, 3), y = image_new(n, outer, x.h, inner, 0);
  if (case_int(c, "ties")) make_ties(&x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, io, ia, ii) *next++ = define(&x, batch, in, io, ia, ii);

  bool passed =
      (gpu ? rows_on_gpus("hardmax_gpu", "", &x, &y, batch) : rows_on_cpus("hardmax", block, "", &x, &y, batch)) &&
      image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("hardmax", both); }
