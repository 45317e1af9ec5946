#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { NEAREST, LINEAR, CUBIC };
enum { ZEROS, BORDER, REFLECTION };

/* How an image is sampled. */
typedef struct {
  int mode, outside;
  bool align;
} Sampling;

static double keys(double x) {
  double a = -0.75;
  return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

static double mirrored(double at, double low, double high) {
  while (high > low && (at < low || at > high)) at = at < low ? 2 * low - at : 2 * high - at;
  return high > low ? at : low;
}

static double brought(Sampling s, double at, int extent) {
  double low = s.align ? 0 : -0.5, high = extent - 1 - low;
  if (s.outside == ZEROS || (at >= low && at <= high)) return at;
  return s.outside == BORDER ? fmax(0, fmin(extent - 1, at)) : mirrored(at, low, high);
}

/* The weight of pixel `index` of the axis for a coordinate. */
static double weight(Sampling s, double coordinate, int index, int extent) {
  double at = s.align ? (coordinate + 1) / 2 * (extent - 1) : ((coordinate + 1) * extent - 1) / 2, sum = 0;
  if (s.mode == NEAREST) return brought(s, rint(at), extent) == index;
  at = brought(s, at, extent);
  for (int tap = (int)floor(at) - 1; tap <= (int)floor(at) + 2; tap++) {
    if ((int)brought(s, tap, extent) == index) {
      double distance = fabs(tap - at);
      sum += s.mode == CUBIC ? keys(distance) : fmax(0, 1 - distance);
    }
  }
  return sum;
}

static double define(Sampling s, const Image *x, const Image *grid, int depth, int h, int n, int c, int place) {
  double sum = 0;
  bool volume = grid->w == 3;
  for (int d = 0; d < depth; d++) {
    double layer = volume ? weight(s, image_get(grid, n, place, 0, 2), d, depth) : 1;
    for (int row = 0; layer != 0 && row < h; row++) {
      double line = layer * weight(s, image_get(grid, n, place, 0, 1), row, h);
      for (int column = 0; line != 0 && column < x->w; column++) {
        double share = line * weight(s, image_get(grid, n, place, 0, 0), column, x->w);
        if (share != 0) sum += share * image_get(x, n, c, d * h + row, column);
      }
    }
  }
  return sum;
}

static bool run(bool gpu, Sampling s, Image *x, Image *grid, Image *y, int depth, int h) {
  Launch launch = launch_new(gpu ? "grid_sample_gpu" : "grid_sample", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, x);
  launch_reads_image(&launch, grid);
  launch_writes_image(&launch, y);
  int scalars[] = {x->c, grid->w, depth, h, x->w, y->w, s.mode, s.outside, s.align};
  for (int i = 0; i < 9; i++) launch_int(&launch, scalars[i]);
  size_t places = (size_t)y->w, n = (size_t)y->n;
  return gpu ? launch_run_items(&launch, places, 1, n) : launch_run(&launch, (places + 255) / 256, 1, n);
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), depth = case_int(c, "d"), h = case_int(c, "h");
  int places = case_int(c, "od") * case_int(c, "oh") * case_int(c, "ow");
  Sampling s = {case_is(c, "mode", "cubic")    ? CUBIC
                : case_is(c, "mode", "linear") ? LINEAR
                                               : NEAREST,
      case_is(c, "outside", "zeros")    ? ZEROS
      : case_is(c, "outside", "border") ? BORDER
                                        : REFLECTION,
      case_int(c, "align")};
  Image x = image_random(n, channels, depth * h, case_int(c, "w"), 0, -1, 1);
  Image grid = image_random(n, places, 1, case_int(c, "axes"), 0, -1.75f, 1.75f),
        y = image_new(n, channels, 1, places, 0);
  if (case_int(c, "nan")) image_set(&grid, 0, places / 2, 0, 1, NAN);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    bool told = !isnan(image_get(&grid, in, iw, 0, 0) + image_get(&grid, in, iw, 0, 1));
    *next++ = told ? define(s, &x, &grid, depth, h, in, ic, iw) : NAN;
  }
  bool passed = run(gpu, s, &x, &grid, &y, depth, h) && image_matches(&y, expected, 2e-5);
  free(expected);
  image_free(&x);
  image_free(&grid);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("grid_sample", both); }
