#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

static double define(const Image *x, bool batch, int n, int outer, int axis, int inner, bool logarithm) {
  int length = batch ? x->n : x->h;
  double largest = -INFINITY, sum = 0;
  for (int i = 0; i < length; i++) largest = fmax(largest, image_along(x, batch, n, outer, i, inner));
  for (int i = 0; i < length; i++) sum += exp(image_along(x, batch, n, outer, i, inner) - largest);
  double v = image_along(x, batch, n, outer, batch ? n : axis, inner) - largest;
  return logarithm ? v - log(sum) : exp(v) / sum;
}

/* An item is [outer][axis][inner]: the image's c, h and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block) {
  int n = case_int(c, "n"), outer = case_int(c, "outer"), axis = case_int(c, "axis"), inner = case_int(c, "inner");
  bool logarithm = case_int(c, "log"), batch = axis == 0;
  Image x = image_random(n, outer, batch ? 1 : axis, inner, 0, 100, 120), y = image_new(n, outer, x.h, inner, 0);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, io, ia, ii) *next++ = define(&x, batch, in, io, ia, ii, logarithm);

  int columns = batch ? outer * inner : inner;
  Launch launch = launch_new("softmax", prelude("#define C %d\n#define LOG_SOFTMAX %d\n", block, logarithm));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, batch ? n : axis);
  launch_int(&launch, columns);
  launch_int(&launch, batch);
  size_t runs = (size_t)((columns + block - 1) / block);
  bool passed =
      launch_run(&launch, runs, batch ? 1 : (size_t)outer, batch ? 1 : (size_t)n) && image_matches(&y, expected, 2e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("softmax", test); }
