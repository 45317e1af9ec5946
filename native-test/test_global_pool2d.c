#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

static double reduce(const Image *x, int n, int c, bool maximum) {
  double sum = 0, largest = -INFINITY;
  for (int h = 0; h < x->h; h++)
    for (int w = 0; w < x->w; w++) {
      double v = image_get(x, n, c, h, w);
      sum += v;
      if (!(v <= largest)) largest = v;
      if (isnan(v)) return v;
    }
  return maximum ? largest : sum / (x->h * x->w);
}

static bool test(const Case *c, int block) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  bool maximum = case_is(c, "kind", "max");
  Image x = image_random(n, channels, h, w, block, -3, 1), y = image_new(n, channels, 1, 1, block);
  if (case_is_page(c)) image_make_page(&x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = reduce(&x, in, ic + ih + iw, maximum);

  Launch launch = launch_new("global_pool2d", prelude("#define C %d\n#define POOL_MAX %d\n", block, maximum));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, channels);
  launch_int(&launch, h * w);
  bool passed = launch_run(&launch, (size_t)image_blocks(&x), (size_t)n, 1) && image_matches(&y, expected, 2e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("global_pool2d", test); }
