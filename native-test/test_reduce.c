#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "suite.h"

static const char *const KINDS[] = {"sum", "mean", "max", "min", "l2", "l1", "squares", "product"};

static int kind_of(const Case *c) {
  int kind = 0;
  while (!case_is(c, "kind", KINDS[kind])) kind++;
  return kind;
}

static double term(int kind, double v) { return kind == 4 || kind == 6 ? v * v : kind == 5 ? fabs(v) : v; }

static double join(int kind, double so, double v) {
  if (isnan(so) || isnan(v)) return NAN;
  return kind == 2 ? fmax(so, v) : kind == 3 ? fmin(so, v) : kind == 7 ? so * v : so + v;
}

/* All of x[items][outer][axis][inner] at one outer and inner place, over items first .. first + items - 1. */
static double define(const Image *x, int kind, int first, int items, int outer, int inner) {
  double so = kind == 2 ? -INFINITY : kind == 3 ? INFINITY : kind == 7 ? 1 : 0;
  for (int n = first; n < first + items; n++)
    for (int i = 0; i < x->h; i++) so = join(kind, so, term(kind, image_get(x, n, outer, i, inner)));
  return kind == 1 ? so / (items * x->h) : kind == 4 ? sqrt(so) : so;
}

/* An item is [outer][axis][inner]: the image's c, h and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block) {
  int n = case_int(c, "n"), outer = case_int(c, "outer"), axis = case_int(c, "axis"), inner = case_int(c, "inner");
  int kind = kind_of(c), items = case_int(c, "batch") ? n : 1;
  Image x = image_random(n, outer, axis, inner, 0, 0.5f, 1.5f), y = image_new(n / items, outer, 1, inner, 0);
  if (case_is_page(c)) image_make_page(&x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = define(&x, kind, in * items, items, ic, iw + ih);

  Launch launch = launch_new("reduce", prelude("#define C %d\n#define REDUCE_KIND %d\n", block, kind));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, axis);
  launch_int(&launch, inner);
  launch_int(&launch, items);
  launch_int(&launch, outer * inner);
  size_t runs = (size_t)((inner + block - 1) / block);
  bool passed = launch_run(&launch, runs, (size_t)outer, (size_t)y.n) && image_matches(&y, expected, 5e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("reduce", test); }
