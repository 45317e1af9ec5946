#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "rows.h"
#include "suite.h"

typedef enum { SUM, MEAN, MAX, MIN, L2, L1, SQUARES, PRODUCT } Kind;

static const struct {
  const char *name, *start, *term, *join, *finish;
} KINDS[] = {
    [SUM] = {"sum", "0.0f", "(v)", "((so) + (v))", "(v)"},
    [MEAN] = {"mean", "0.0f", "(v)", "((so) + (v))", "((v) / (count))"},
    [MAX] = {"max", "(-INFINITY)", "(v)", "((v) > (so) || (v) != (v) ? (v) : (so))", "(v)"},
    [MIN] = {"min", "INFINITY", "(v)", "((v) < (so) || (v) != (v) ? (v) : (so))", "(v)"},
    [L2] = {"l2", "0.0f", "((v) * (v))", "((so) + (v))", "sqrt(v)"},
    [L1] = {"l1", "0.0f", "fabs(v)", "((so) + (v))", "(v)"},
    [SQUARES] = {"squares", "0.0f", "((v) * (v))", "((so) + (v))", "(v)"},
    [PRODUCT] = {"product", "1.0f", "(v)", "((so) * (v))", "(v)"},
};

static Kind kind_of(const Case *c) {
  for (Kind kind = SUM; kind <= PRODUCT; kind++) {
    if (case_is(c, "kind", KINDS[kind].name)) return kind;
  }
  fprintf(stderr, "no reduction %s\n", case_text(c, "kind"));
  exit(1);
}

static const char *defines(Kind kind) {
  static char text[512];
  snprintf(text, sizeof text,
      "#define START %s\n#define TERM(v) %s\n#define JOIN(so, v) %s\n#define FINISH(v, count) %s\n", KINDS[kind].start,
      KINDS[kind].term, KINDS[kind].join, KINDS[kind].finish);
  return text;
}

static double term(Kind kind, double v) { return kind == L2 || kind == SQUARES ? v * v : kind == L1 ? fabs(v) : v; }

static double join(Kind kind, double so, double v) {
  if (isnan(so) || isnan(v)) return NAN;
  return kind == MAX ? fmax(so, v) : kind == MIN ? fmin(so, v) : kind == PRODUCT ? so * v : so + v;
}

/* All of x[items][outer][axis][inner] at one outer and inner place, over items first .. first + items - 1. */
static double define(const Image *x, Kind kind, int first, int items, int outer, int inner) {
  double so = kind == MAX ? -INFINITY : kind == MIN ? INFINITY : kind == PRODUCT ? 1 : 0;
  for (int n = first; n < first + items; n++)
    for (int i = 0; i < x->h; i++) so = join(kind, so, term(kind, image_get(x, n, outer, i, inner)));
  return kind == MEAN ? so / (items * x->h) : kind == L2 ? sqrt(so) : so;
}

/* An item is [outer][axis][inner]: the image's c, h and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), outer = case_int(c, "outer"), axis = case_int(c, "axis"), inner = case_int(c, "inner");
  int items = case_int(c, "batch") ? n : 1;
  Kind kind = kind_of(c);
  Image x = image_random(n, outer, axis, inner, 0, 0.5f, 1.5f), y = image_new(n / items, outer, 1, inner, 0);
  if (case_is_page(c)) image_make_page(&x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = define(&x, kind, in * items, items, ic, iw + ih);

  Teams teams = teams_of(axis * items, inner);
  Launch launch = gpu ? launch_new("reduce_gpu", teams_prelude(teams, defines(kind)))
                      : launch_new("reduce", prelude("#define C %d\n%s", block, defines(kind)));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, axis);
  launch_int(&launch, inner);
  launch_int(&launch, items);
  if (gpu) launch_int(&launch, outer * inner);
  if (gpu) launch_int(&launch, y.n * outer * inner);
  launch_int(&launch, outer * inner);
  size_t runs = (size_t)((inner + block - 1) / block);
  bool ran =
      gpu ? teams_run(&launch, teams, y.n * outer * inner) : launch_run(&launch, runs, (size_t)outer, (size_t)y.n);
  bool passed = ran && image_matches(&y, expected, 5e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("reduce", both); }
