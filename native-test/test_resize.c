#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { TAPS = 4 };

/* Neighbours of one output coordinate, and their weights. */
typedef struct {
  int count, index[TAPS];
  double weight[TAPS];
} Taps;

static double keys(double x) {
  double a = -0.75;
  return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/* Where `to` of `extent` lies among `from` elements, by the centres of pixels; the edge stands for what is outside. */
static Taps taps_of(const Case *c, int to, int extent, int from) {
  double at = (to + 0.5) * from / extent - 0.5;
  bool nearest = case_is(c, "mode", "nearest"), cubic = case_is(c, "mode", "cubic");
  int first = nearest ? (int)ceil(at - 0.5) : (int)floor(at) - (cubic ? 1 : 0);
  Taps taps = {.count = nearest ? 1 : cubic ? 4 : 2};
  for (int i = 0; i < taps.count; i++) {
    int index = first + i;
    double distance = fabs(at - index);
    taps.weight[i] = nearest ? 1 : (float)(cubic ? keys(distance) : 1 - distance);
    taps.index[i] = index < 0 ? 0 : index >= from ? from - 1 : index;
  }
  return taps;
}

static Buffer table(const Case *c, int extent, int from) {
  Buffer taps = buffer_new((size_t)(extent * (1 + 2 * TAPS)));
  for (int to = 0; to < extent; to++) {
    Taps of = taps_of(c, to, extent, from);
    float *next = taps.data + to * (1 + 2 * TAPS);
    *next++ = (float)of.count;
    for (int i = 0; i < of.count; i++) *next++ = (float)of.index[i], *next++ = (float)of.weight[i];
  }
  return taps;
}

static double define(const Case *c, const Image *x, const Image *y, int n, int channel, int h, int w) {
  Taps rows = taps_of(c, h, y->h, x->h), columns = taps_of(c, w, y->w, x->w);
  double sum = 0;
  for (int i = 0; i < rows.count; i++)
    for (int j = 0; j < columns.count; j++)
      sum += rows.weight[i] * columns.weight[j] * image_get(x, n, channel, rows.index[i], columns.index[j]);
  return sum;
}

static bool test(const Case *c, int block, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c");
  Image x = image_random(n, channels, case_int(c, "h"), case_int(c, "w"), block, -1, 1);
  Image y = image_new(n, channels, case_int(c, "oh"), case_int(c, "ow"), block);
  if (case_int(c, "nan")) image_add_nan(&x);
  Buffer rows = table(c, y.h, x.h), columns = table(c, y.w, x.w);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = define(c, &x, &y, in, ic, ih, iw);

  Launch launch = launch_new(gpu ? "resize_gpu" : "resize", prelude("#define C %d\n#define GROUP %d\n", block, GROUP));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_reads(&launch, &rows);
  launch_reads(&launch, &columns);
  launch_int(&launch, channels);
  launch_int(&launch, x.h);
  launch_int(&launch, x.w);
  launch_int(&launch, y.h);
  launch_int(&launch, y.w);
  launch_int(&launch, TAPS);
  launch_int(&launch, TAPS);
  bool kept = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&y) * y.h * y.w), 1, (size_t)n)
                  : launch_run(&launch, (size_t)y.h, (size_t)image_blocks(&y), (size_t)n);
  bool passed = kept && image_matches(&y, expected, 2e-6);
  free(expected);
  buffer_free(&rows);
  buffer_free(&columns);
  image_free(&x);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("resize", both); }
