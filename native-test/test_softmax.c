#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

/* The value of element (n, outer, axis, inner), by its definition. */
static double define(const Image *x, int n, int outer, int axis, int inner, bool logarithm) {
  double largest = -INFINITY, sum = 0;
  for (int i = 0; i < x->h; i++) largest = fmax(largest, image_get(x, n, outer, i, inner));
  for (int i = 0; i < x->h; i++) sum += exp(image_get(x, n, outer, i, inner) - largest);
  double v = image_get(x, n, outer, axis, inner) - largest;
  return logarithm ? v - log(sum) : exp(v) / sum;
}

/* An item is [outer][axis][inner]: the image's c, h and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block) {
  int n = case_int(c, "n"), outer = case_int(c, "outer"), axis = case_int(c, "axis"), inner = case_int(c, "inner");
  bool logarithm = case_int(c, "log");
  Image x = image_random(n, outer, axis, inner, 0, 100, 120), y = image_new(n, outer, axis, inner, 0);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, io, ia, ii) *next++ = define(&x, in, io, ia, ii, logarithm);

  Launch launch = launch_new("softmax", prelude("#define C %d\n#define LOG_SOFTMAX %d\n", block, logarithm));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, axis);
  launch_int(&launch, inner);
  bool passed = launch_run(&launch, (size_t)((inner + block - 1) / block), (size_t)outer, (size_t)n) && image_matches(&y, expected, 2e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("softmax", test); }
