#include <stdlib.h>

#include "image.h"
#include "suite.h"

static double define(const Image *x, bool batch, const Case *c, int n, int outer, int axis, int inner) {
  int length = batch ? x->n : x->h, at = batch ? n : axis;
  bool exclusive = case_int(c, "exclusive"), reverse = case_int(c, "reverse");
  double sum = 0;
  for (int i = 0; i < length; i++) {
    bool before = reverse ? i > at : i < at;
    if (before || (i == at && !exclusive)) sum += image_along(x, batch, n, outer, i, inner);
  }
  return sum;
}

static Launch launch(const char *kernel, int block, Image *x, Image *y) {
  Launch launch = launch_new(kernel, prelude("#define C %d\n#define GROUP %d\n", block, GROUP));
  launch_reads_image(&launch, x);
  launch_writes_image(&launch, y);
  return launch;
}

static void pass_kind(Launch *launch, const Case *c) {
  launch_int(launch, case_int(c, "exclusive"));
  launch_int(launch, case_int(c, "reverse"));
}

static bool on_cpus(const Case *c, int block, Image *x, Image *y, bool batch) {
  int columns = batch ? x->c * x->w : x->w;
  Launch l = launch("cumsum", block, x, y);
  launch_int(&l, batch ? x->n : x->h);
  launch_int(&l, columns);
  launch_int(&l, batch);
  pass_kind(&l, c);
  return launch_run(&l, (size_t)((columns + block - 1) / block), batch ? 1 : (size_t)x->c, batch ? 1 : (size_t)x->n);
}

static bool on_gpus(const Case *c, int block, Image *x, Image *y, bool batch) {
  int item_rows = x->c * x->w, rows = batch ? item_rows : x->n * item_rows;
  Launch l = launch("cumsum_gpu", block, x, y);
  launch_int(&l, batch ? x->n : x->h);
  launch_int(&l, batch ? item_rows : x->w);
  launch_int(&l, item_rows);
  launch_int(&l, rows);
  launch_int(&l, batch);
  pass_kind(&l, c);
  return launch_run_items(&l, (size_t)rows, 1, 1);
}

/* An item is [outer][axis][inner]: the image's c, h and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), outer = case_int(c, "outer"), axis = case_int(c, "axis"), inner = case_int(c, "inner");
  bool batch = axis == 0;
  Image x = image_random(n, outer, batch ? 1 : axis, inner, 0, -1, 2), y = image_new(n, outer, x.h, inner, 0);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, io, ia, ii) *next++ = define(&x, batch, c, in, io, ia, ii);
  bool passed = (gpu ? on_gpus : on_cpus)(c, block, &x, &y, batch) && image_matches(&y, expected, 1e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("cumsum", both); }
