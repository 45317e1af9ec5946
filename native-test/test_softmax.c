#include <math.h>
#include <stdlib.h>

#include "rows.h"
#include "suite.h"

static double expect(const Image *x, bool batch, int n, int outer, int axis, int inner, bool logarithm) {
  int length = batch ? x->n : x->h;
  double largest = -INFINITY, sum = 0;
  for (int i = 0; i < length; i++) largest = fmax(largest, image_along(x, batch, n, outer, i, inner));
  for (int i = 0; i < length; i++) sum += exp(image_along(x, batch, n, outer, i, inner) - largest);
  double v = image_along(x, batch, n, outer, batch ? n : axis, inner) - largest;
  return logarithm ? v - log(sum) : exp(v) / sum;
}

/* An item is [outer][axis][inner]: the image's c, h and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), outer = case_int(c, "outer"), axis = case_int(c, "axis"), inner = case_int(c, "inner");
  bool logarithm = case_int(c, "log"), batch = axis == 0;
  Image x = image_random(n, outer, batch ? 1 : axis, inner, 0, 100, 120), y = image_new(n, outer, x.h, inner, 0);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, io, ia, ii) *next++ = expect(&x, batch, in, io, ia, ii, logarithm);

  const char *define = logarithm ? "#define LOG_SOFTMAX 1\n" : "";
  bool passed = (gpu ? rows_on_gpus("softmax_gpu", define, &x, &y, batch)
                     : rows_on_cpus("softmax", block, define, &x, &y, batch)) &&
                image_matches(&y, expected, 2e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("softmax", both); }
