#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "image.h"
#include "random.h"
#include "suite.h"

enum { OFFSET = 3, GAP = 2 };

/* An axis of the window: extents of image, window and result; steps, distances and padding. */
typedef struct {
  int extent, kernel, stride, dilation, pad, windows;
} Axis;

static Axis axis_of(const Case *c, int extent, const char *k, const char *s, const char *d, const char *p) {
  Axis a = {extent, case_int(c, k), case_int(c, s), d ? case_int(c, d) : 1, case_int(c, p), 0};
  a.windows = (extent + 2 * a.pad - a.dilation * (a.kernel - 1) - 1) / a.stride + 1;
  return a;
}

/* Of a window's elements the first largest, as a place of the plane, -1 if none lies in the image. */
static int largest(const Image *x, int n, int c, const Axis axes[3], const int at[3], double *value) {
  int best = -1;
  *value = -INFINITY;
  for (int i = 0; i < axes[0].kernel * axes[1].kernel * axes[2].kernel; i++) {
    int tap[3] = {i / (axes[1].kernel * axes[2].kernel), i / axes[2].kernel % axes[1].kernel, i % axes[2].kernel};
    int place = 0;
    for (int k = 0; k < 3 && place >= 0; k++) {
      int p = at[k] * axes[k].stride - axes[k].pad + tap[k] * axes[k].dilation;
      place = p < 0 || p >= axes[k].extent ? -1 : place * axes[k].extent + p;
    }
    if (place < 0) continue;
    double v = image_get(x, n, c, 0, place);
    if (best < 0 || v > *value || (isnan(v) && !isnan(*value))) {
      *value = v;
      best = place;
    }
  }
  return best;
}

static cl_long counted(int place, const Axis axes[3], bool column) {
  if (!column) return place;
  int w = place % axes[2].extent, h = place / axes[2].extent % axes[1].extent;
  int d = place / axes[2].extent / axes[1].extent % axes[0].extent;
  return ((cl_long)w * axes[1].extent + h) * axes[0].extent + d;
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), column = case_int(c, "column");
  Axis axes[3] = {axis_of(c, case_int(c, "d"), "kd", "sd", NULL, "pd"),
      axis_of(c, case_int(c, "h"), "kh", "sh", "dh", "ph"), axis_of(c, case_int(c, "w"), "kw", "sw", "dw", "pw")};
  int plane = axes[0].extent * axes[1].extent * axes[2].extent;
  int windows = axes[0].windows * axes[1].windows * axes[2].windows, elements = channels * windows;
  Image x = image_random(n, channels, 1, plane, 0, -1, 1), y = image_new(n, channels, 1, windows, 0);
  if (case_int(c, "ties")) {
    EACH_ELEMENT(x, in, ic, ih, iw) image_set(&x, in, ic, ih, iw, (float)random_below(3));
  }
  if (case_int(c, "nan")) image_add_nan(&x);
  Buffer indices = buffer_new((size_t)(OFFSET + n * (elements + GAP)) * 2);
  double *expected = malloc(image_count(&y) * sizeof *expected);
  cl_long *places = malloc(image_count(&y) * sizeof *places);
  int i = 0;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    int at[3] = {iw / axes[2].windows / axes[1].windows, iw / axes[2].windows % axes[1].windows, iw % axes[2].windows};
    int best = largest(&x, in, ic, axes, at, &expected[i]);
    places[i++] = ((cl_long)in * channels + ic) * plane + counted(best, axes, column);
  }

  Launch launch = launch_new(
      gpu ? "max_pool_gpu" : "max_pool", prelude("#define GROUP %d\n#define COLUMN_MAJOR %d\n", GROUP, column));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_writes(&launch, &indices);
  launch_long(&launch, OFFSET);
  launch_long(&launch, elements + GAP);
  launch_int(&launch, elements);
  launch_int(&launch, channels);
  for (int k = 0; k < 3; k++) launch_int(&launch, axes[k].extent);
  for (int k = 0; k < 3; k++) launch_int(&launch, axes[k].windows);
  for (int k = 0; k < 3; k++) launch_int(&launch, axes[k].kernel);
  for (int k = 0; k < 3; k++) launch_int(&launch, axes[k].stride);
  for (int k = 0; k < 3; k++) launch_int(&launch, axes[k].dilation);
  for (int k = 0; k < 3; k++) launch_int(&launch, axes[k].pad);
  size_t each = (size_t)elements;
  bool kept =
      gpu ? launch_run_items(&launch, each, 1, (size_t)n) : launch_run(&launch, (each + 255) / 256, 1, (size_t)n);
  bool passed = kept && image_matches(&y, expected, 0);
  const cl_long *told = (const cl_long *)(const void *)indices.data + OFFSET;
  for (int k = 0; passed && !launch.skipped && k < n * elements; k++) {
    cl_long one = told[k / elements * (elements + GAP) + k % elements];
    passed = one == places[k];
    if (!passed) printf("index of element %d is %ld, not %ld\n", k, (long)one, (long)places[k]);
  }
  free(expected);
  free(places);
  buffer_free(&indices);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("max_pool", both); }
