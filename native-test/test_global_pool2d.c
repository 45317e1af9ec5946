#include <math.h>
#include <stdlib.h>

#include "rows.h"
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

static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  bool maximum = case_is(c, "kind", "max");
  Image x = image_random(n, channels, h, w, block, -3, 1), y = image_new(n, channels, 1, 1, block);
  if (case_is_page(c)) image_make_page(&x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = reduce(&x, in, ic + ih + iw, maximum);

  const char *kind = maximum ? "#define POOL_MAX 1\n" : "#define POOL_MAX 0\n";
  Teams teams = teams_of(h * w, 1);
  Launch launch = gpu ? launch_new("global_pool2d_gpu", teams_prelude(teams, kind))
                      : launch_new("global_pool2d", prelude("#define C %d\n%s", block, kind));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, channels);
  launch_int(&launch, h * w);
  int rows = n * image_blocks(&x);
  if (gpu) launch_int(&launch, rows);
  bool ran = gpu ? teams_run(&launch, teams, rows) : launch_run(&launch, (size_t)image_blocks(&x), (size_t)n, 1);
  bool passed = ran && image_matches(&y, expected, 2e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("global_pool2d", both); }
