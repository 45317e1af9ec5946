#include <stdlib.h>

#include "activation.h"
#include "image.h"
#include "suite.h"

static bool test(const Case *c, int block, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  bool in_place = case_int(c, "in_place");
  const Activation *activation = activation_of(c);
  Image a = image_random(n, channels, h, w, block, -4, 4), b = image_random(n, channels, h, w, block, -4, 4);
  Image y = image_new(n, channels, h, w, block);
  if (case_int(c, "nan")) image_add_nan(&b);

  double *expected = malloc(image_count(&a) * sizeof *expected), *next = expected;
  EACH_ELEMENT(a, in, ic, ih, iw) {
    double sum = (double)image_get(&a, in, ic, ih, iw) + image_get(&b, in, ic, ih, iw);
    *next++ = activation_apply(activation, sum);
  }

  Launch launch = launch_new(gpu ? "residual_add_gpu" : "residual_add",
      prelude("#define C %d\n#define GROUP %d\n%s", block, GROUP, activation->define));
  launch_reads_image(&launch, &a);
  launch_reads_image(&launch, &b);
  launch_writes_image(&launch, in_place ? &b : &y);
  launch_int(&launch, channels);
  launch_int(&launch, h * w);
  launch_float(&launch, activation->lo);
  launch_float(&launch, activation->hi);
  bool kept = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&y) * h * w), 1, (size_t)n)
                  : launch_run(&launch, (size_t)image_blocks(&y), image_runs(&y), (size_t)n);
  bool passed = kept && image_matches(in_place ? &b : &y, expected, 1e-6);
  free(expected);
  image_free(&a);
  image_free(&b);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("residual_add", both); }
