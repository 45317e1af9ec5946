#include <stdlib.h>

#include "image.h"
#include "suite.h"

static bool test(const Case *c, int block, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  Image x = image_random(n, channels, h, w, 0, -1, 1), y = image_new(n, channels, h, w, block);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, ic, ih, iw) *next++ = image_get(&x, in, ic, ih, iw);

  Launch launch = launch_new(
      gpu ? "reorder_to_blocked_gpu" : "reorder_to_blocked", prelude("#define C %d\n#define GROUP %d\n", block, GROUP));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, channels);
  launch_int(&launch, h * w);
  bool kept = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&y) * h * w), 1, (size_t)n)
                  : launch_run(&launch, image_runs(&x), (size_t)image_blocks(&y), (size_t)n);
  bool passed = kept && image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("reorder", both); }
