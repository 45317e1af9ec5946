#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

/* A region along one axis. */
typedef struct {
  double start, extent;
  int samples;
} Cells;

static Cells cells(const Case *c, double low, double high, int count) {
  double scale = atof(case_text(c, "scale")), shift = case_int(c, "half_pixel") ? 0.5 : 0;
  double length = (high - low) * scale;
  Cells of = {.start = low * scale - shift, .samples = case_int(c, "samples")};
  of.extent = (case_int(c, "half_pixel") ? length : fmax(1, length)) / count;
  if (of.samples == 0) of.samples = (int)ceil(of.extent);
  return of;
}

static double pixel(const Image *x, int n, int c, double row, double column, int i, int j) {
  double y = fmax(0, fmin(x->h - 1, row)), z = fmax(0, fmin(x->w - 1, column));
  int top = (int)y, left = (int)z;
  double weight = (i ? y - top : 1 - (y - top)) * (j ? z - left : 1 - (z - left));
  return weight * image_get(x, n, c, i && top + 1 < x->h ? top + 1 : top, 0 + (j && left + 1 < x->w ? left + 1 : left));
}

static double define(
    const Case *c, const Image *x, const Image *regions, int image, int r, int channel, int row, int column) {
  Cells rows = cells(c, image_get(regions, r, 1, 0, 0), image_get(regions, r, 3, 0, 0), case_int(c, "height"));
  Cells columns = cells(c, image_get(regions, r, 0, 0, 0), image_get(regions, r, 2, 0, 0), case_int(c, "width"));
  double sum = 0, most = -INFINITY;
  int count = rows.samples > 0 && columns.samples > 0 ? rows.samples * columns.samples : 0;
  for (int i = 0; i < count * 4; i++) {
    double y = rows.start + (row + (i / 4 / columns.samples + 0.5) / rows.samples) * rows.extent;
    double z = columns.start + (column + (i / 4 % columns.samples + 0.5) / columns.samples) * columns.extent;
    bool outside = y < -1 || y > x->h || z < -1 || z > x->w;
    double v = outside ? 0 : pixel(x, image, channel, y, z, i / 2 % 2, i % 2);
    sum += v;
    most = v > most || isnan(v) ? v : most;
  }
  return count == 0 ? 0 : case_int(c, "largest") ? most : sum / count;
}

/* Edges at quarters of pixels, some outside of the image. */
static void make_regions(Image *regions, const Case *c) {
  double scale = atof(case_text(c, "scale"));
  for (int r = 0; r < regions->n; r++) {
    for (int i = 0; i < 4; i++) {
      double extent = case_int(c, i % 2 ? "h" : "w"), at = (i < 2 ? -0.2 : 0.3) + 0.9 * image_get(regions, r, i, 0, 0);
      image_set(regions, r, i, 0, 0, (float)(rint(at * extent * 4) / 4 / scale));
    }
  }
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), r = case_int(c, "r"), channels = case_int(c, "c");
  Image x = image_random(n, channels, case_int(c, "h"), case_int(c, "w"), 0, -1, 1);
  Image regions = image_random(r, 4, 1, 1, 0, 0, 1),
        y = image_new(r, channels, case_int(c, "height"), case_int(c, "width"), 0);
  make_regions(&regions, c);
  Buffer images = buffer_new((size_t)r * 2);
  cl_long *numbers = (cl_long *)(void *)images.data;
  for (int i = 0; i < r; i++) numbers[i] = i % n;
  if (case_int(c, "nan")) {
    image_add_nan(&x);
    numbers[r - 1] = n;
  }

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, ir, ic, ih, iw) {
    *next++ = numbers[ir] < n ? define(c, &x, &regions, (int)numbers[ir], ir, ic, ih, iw) : NAN;
  }
  Launch launch = launch_new(gpu ? "roi_align_gpu" : "roi_align", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &x);
  launch_reads_image(&launch, &regions);
  launch_reads(&launch, &images);
  launch_long(&launch, 0);
  launch_long(&launch, 1);
  launch_writes_image(&launch, &y);
  int scalars[] = {n, channels, x.h, x.w, y.h, y.w, case_int(c, "samples")};
  for (int i = 0; i < 7; i++) launch_int(&launch, scalars[i]);
  launch_float(&launch, (float)atof(case_text(c, "scale")));
  launch_int(&launch, case_int(c, "half_pixel"));
  launch_int(&launch, case_int(c, "largest"));
  size_t places = (size_t)(channels * y.h * y.w);
  bool kept =
      gpu ? launch_run_items(&launch, places, 1, (size_t)r) : launch_run(&launch, (places + 255) / 256, 1, (size_t)r);
  bool passed = kept && image_matches(&y, expected, 1e-5);
  free(expected);
  buffer_free(&images);
  image_free(&x);
  image_free(&regions);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("roi_align", both); }
