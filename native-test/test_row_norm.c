#include <math.h>
#include <stdlib.h>

#include "random.h"
#include "rows.h"
#include "suite.h"

static const float EPSILON = 1e-5f;

static Buffer vector(int size, float low, float high) {
  Buffer values = buffer_new((size_t)size);
  for (int i = 0; i < size; i++) values.data[i] = random_between(low, high);
  return values;
}

static double mean_of(const Image *x, int n, int row) {
  double sum = 0;
  for (int i = 0; i < x->w; i++) sum += image_get(x, n, row, 0, i);
  return sum / x->w;
}

static double factor_of(const Image *x, int n, int row) {
  double mean = mean_of(x, n, row), sum = 0;
  for (int i = 0; i < x->w; i++) sum += pow(image_get(x, n, row, 0, i) - mean, 2);
  return 1 / sqrt(sum / x->w + EPSILON);
}

/* An item is [rows][length]: the image's c and w. The block is the kernel's vector width. */
static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), rows = case_int(c, "rows"), length = case_int(c, "length"), run = case_int(c, "run");
  int step = case_int(c, "shared") ? 0 : length / run;
  Image x = image_random(n, rows, 1, length, 0, 1, 3), y = image_new(n, rows, 1, length, 0);
  Image means = image_new(n, rows, 1, 1, 0), factors = image_new(n, rows, 1, 1, 0);
  if (case_is_page(c)) image_make_page(&x);
  if (case_int(c, "nan")) image_add_nan(&x);
  Buffer scale = vector(rows * length / run, 0.5f, 2), shift = vector(rows * length / run, -1, 1);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  double *wanted = malloc(2 * image_count(&means) * sizeof *wanted), *moment = wanted;
  EACH_ELEMENT(means, in, ic, ih, iw) *moment++ = mean_of(&x, in, ic + ih + iw);
  EACH_ELEMENT(means, in, ic, ih, iw) *moment++ = factor_of(&x, in, ic + ih + iw);
  EACH_ELEMENT(y, in, ic, ih, iw) {
    int at = ic * step + iw / run;
    int row = in * rows + ic;
    double v = image_get(&x, in, ic, ih, iw) - wanted[row];
    *next++ = v * wanted[n * rows + row] * scale.data[at] + shift.data[at];
  }

  Teams teams = teams_of(length, 1);
  Launch launch = gpu ? launch_new("row_norm_gpu", teams_prelude(teams, "#define STATISTICS 1\n"))
                      : launch_new("row_norm", prelude("#define C %d\n#define STATISTICS 1\n", block));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_reads(&launch, &scale);
  launch_reads(&launch, &shift);
  launch_writes_image(&launch, &means);
  launch_writes_image(&launch, &factors);
  launch_int(&launch, length);
  launch_int(&launch, run);
  launch_int(&launch, step);
  if (gpu) launch_int(&launch, rows);
  if (gpu) launch_int(&launch, n * rows);
  launch_float(&launch, EPSILON);
  bool ran = gpu ? teams_run(&launch, teams, n * rows) : launch_run(&launch, (size_t)rows, (size_t)n, 1);
  bool passed = ran && image_matches(&y, expected, 5e-6) && image_matches(&means, wanted, 5e-6) &&
                image_matches(&factors, wanted + image_count(&means), 5e-6);
  free(expected);
  free(wanted);
  buffer_free(&scale);
  buffer_free(&shift);
  image_free(&x);
  image_free(&y);
  image_free(&means);
  image_free(&factors);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("row_norm", both); }
