#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  int size = case_int(c, "size"), below = (size - 1) / 2, above = size / 2;
  float alpha = case_float(c, "alpha"), beta = case_float(c, "beta"), bias = case_float(c, "bias");
  Image x = image_random(n, channels, h, w, block, -20, 20), y = image_new(n, channels, h, w, block);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, ic, ih, iw) {
    double sum = 0;
    for (int i = ic - below; i <= ic + above; i++) {
      if (i >= 0 && i < channels) sum += pow(image_get(&x, in, i, ih, iw), 2);
    }
    *next++ = image_get(&x, in, ic, ih, iw) * pow(bias + alpha / size * sum, -beta);
  }

  Launch launch = gpu ? launch_new("lrn_gpu", prelude("#define GROUP %d\n", GROUP))
                      : launch_new("lrn", prelude("#define C %d\n", block));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, channels);
  launch_int(&launch, h * w);
  launch_int(&launch, size);
  launch_float(&launch, alpha);
  launch_float(&launch, beta);
  launch_float(&launch, bias);
  bool ran = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&x) * h * w), 1, (size_t)n)
                 : launch_run(&launch, (size_t)(h * w + 31) / 32, 1, (size_t)n);
  bool passed = ran && image_matches(&y, expected, 2e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("lrn", both); }
