#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

/* The first pixel of a cell, and the one behind the last. */
static void pixels(double low, double high, int cell, int count, int extent, int *first, int *end) {
  int start = (int)round(low), length = (int)round(high) - start + 1;
  if (length < 1) length = 1;
  *first = start + cell * length / count;
  *end = start + ((cell + 1) * length + count - 1) / count;
  *first = *first < 0 ? 0 : *first;
  *end = *end > extent ? extent : *end;
}

static double define(
    const Case *c, const Image *x, const Image *regions, const Image *y, int r, int channel, int h, int w) {
  double scale = atof(case_text(c, "scale")), most = -INFINITY, edges[5];
  for (int i = 0; i < 5; i++) edges[i] = image_get(regions, r, i, 0, 0) * (i ? scale : 1);
  if (edges[0] >= x->n) return NAN;
  int top, bottom, left, right;
  pixels(edges[2], edges[4], h, y->h, x->h, &top, &bottom);
  pixels(edges[1], edges[3], w, y->w, x->w, &left, &right);
  for (int i = top; i < bottom; i++) {
    for (int j = left; j < right; j++) {
      double v = image_get(x, (int)edges[0], channel, i, j);
      most = v > most || isnan(v) ? v : most;
    }
  }
  return top < bottom && left < right ? most : 0;
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), r = case_int(c, "r"), channels = case_int(c, "c");
  double scale = atof(case_text(c, "scale"));
  Image x = image_random(n, channels, case_int(c, "h"), case_int(c, "w"), 0, -1, 1);
  Image regions = image_random(r, 5, 1, 1, 0, 0, 1),
        y = image_new(r, channels, case_int(c, "height"), case_int(c, "width"), 0);
  for (int i = 0; i < r; i++) {
    image_set(&regions, i, 0, 0, 0, (float)(i % n));
    for (int k = 1; k < 5; k++) {
      double extent = k % 2 ? x.w : x.h, at = (k < 3 ? -0.2 : 0.3) + 0.9 * image_get(&regions, i, k, 0, 0);
      image_set(&regions, i, k, 0, 0, (float)(rint(at * extent * 4) / 4 / scale));
    }
  }
  if (case_int(c, "nan")) {
    image_add_nan(&x);
    image_set(&regions, r - 1, 0, 0, 0, (float)n);
  }

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, ir, ic, ih, iw) *next++ = define(c, &x, &regions, &y, ir, ic, ih, iw);

  Launch launch = launch_new(gpu ? "max_roi_pool_gpu" : "max_roi_pool", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &x);
  launch_reads_image(&launch, &regions);
  launch_writes_image(&launch, &y);
  int scalars[] = {n, channels, x.h, x.w, y.h, y.w};
  for (int i = 0; i < 6; i++) launch_int(&launch, scalars[i]);
  launch_float(&launch, (float)scale);
  size_t places = (size_t)(channels * y.h * y.w);
  bool kept =
      gpu ? launch_run_items(&launch, places, 1, (size_t)r) : launch_run(&launch, (places + 255) / 256, 1, (size_t)r);
  bool passed = kept && image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&regions);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("max_roi_pool", both); }
