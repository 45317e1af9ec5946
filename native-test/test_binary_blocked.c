#include <stdlib.h>
#include <string.h>

#include "activation.h"
#include "image.h"
#include "operation.h"
#include "suite.h"

/* An operand that has those of y's axes whose letters (n, c, p for pixels) its column names, and 1 of the others. */
static Image operand(const Case *c, const char *column, const Image *y, float low, float high) {
  const char *axes = case_text(c, column);
  bool pixels = strchr(axes, 'p');
  int n = strchr(axes, 'n') ? y->n : 1, c_count = strchr(axes, 'c') ? y->c : 1;
  return image_random(n, c_count, pixels ? y->h : 1, pixels ? y->w : 1, y->block, low, high);
}

static float value(const Image *x, int n, int c, int h, int w) {
  return image_get(x, x->n == 1 ? 0 : n, x->c == 1 ? 0 : c, x->h == 1 ? 0 : h, x->w == 1 ? 0 : w);
}

static void pass_extents(Launch *launch, const Image *x) {
  launch_int(launch, x->c);
  launch_int(launch, x->h * x->w);
  launch_int(launch, x->n > 1);
}

static bool test(const Case *c, int block, bool gpu) {
  Image y = image_new(case_int(c, "n"), case_int(c, "c"), case_int(c, "h"), case_int(c, "w"), block);
  Image a = operand(c, "a", &y, -2, 2), b = operand(c, "b", &y, 1, 2);
  bool in_place = case_int(c, "in_place");
  const Activation *activation = activation_of(c);
  if (case_int(c, "nan")) image_add_nan(&b);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw)
    *next++ = activation_apply(activation, operation_apply(c, value(&a, in, ic, ih, iw), value(&b, in, ic, ih, iw)));

  Launch launch = launch_new(gpu ? "binary_blocked_gpu" : "binary_blocked",
      prelude("#define C %d\n#define GROUP %d\n%s%s", block, GROUP, operation_define(c), activation->define));
  launch_reads_image(&launch, &a);
  launch_reads_image(&launch, &b);
  launch_writes_image(&launch, in_place ? &a : &y);
  launch_int(&launch, y.c);
  launch_int(&launch, y.h * y.w);
  pass_extents(&launch, &a);
  pass_extents(&launch, &b);
  launch_float(&launch, activation->lo);
  launch_float(&launch, activation->hi);
  bool kept = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&y) * y.h * y.w), 1, (size_t)y.n)
                  : launch_run(&launch, (size_t)image_blocks(&y), image_runs(&y), (size_t)y.n);
  bool passed = kept && image_matches(in_place ? &a : &y, expected, 1e-6);
  free(expected);
  image_free(&a);
  image_free(&b);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("binary_blocked", both); }
