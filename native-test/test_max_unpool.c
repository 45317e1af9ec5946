#include <stdlib.h>

#include "image.h"
#include "random.h"
#include "suite.h"

enum { OFFSET = 3, GAP = 2 };

/* Random indices of an image [n][c][h][w]: of each element's own plane, a few far outside. */
static Buffer make_indices(const Image *x, int h, int w) {
  int plane = x->c * x->h * x->w;
  Buffer indices = buffer_new((size_t)(OFFSET + x->n * (plane + GAP)) * 2);
  cl_long *next = (cl_long *)(void *)indices.data + OFFSET;
  for (int n = 0; n < x->n; n++, next += GAP) {
    for (int i = 0; i < plane; i++) {
      cl_long start = ((cl_long)n * x->c + i / (x->h * x->w)) * h * w;
      *next++ = random_between(0, 1) < 0.05f ? -7 : start + (cl_long)(random_between(0, 1) * 0.999f * (float)(h * w));
    }
  }
  return indices;
}

static void define(const Image *x, const cl_long *indices, int h, int w, const Image *y, double *expected) {
  int plane = x->c * x->h * x->w, i = 0;
  for (size_t k = 0; k < image_count(y); k++) expected[k] = 0;
  EACH_ELEMENT(*x, n, c, row, column) {
    cl_long within = indices[OFFSET + n * (plane + GAP) + i++ % plane] - ((cl_long)n * x->c + c) * h * w;
    if (within < 0 || within >= h * w) continue;
    expected[((n * x->c + c) * y->h + within / w) * y->w + within % w] = image_get(x, n, c, row, column);
  }
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), more = case_int(c, "more"), lost = 2 * case_int(c, "pad");
  Image x = image_random(n, channels, case_int(c, "h"), case_int(c, "w"), 0, -1, 1);
  int h = (x.h - 1) * case_int(c, "stride") + case_int(c, "kernel") - lost;
  int w = (x.w - 1) * case_int(c, "stride") + case_int(c, "kernel") - lost;
  Image y = image_new(n, channels, h + more, w + more, 0);
  if (case_int(c, "nan")) image_add_nan(&x);
  Buffer indices = make_indices(&x, h, w);
  double *expected = malloc(image_count(&y) * sizeof *expected);
  define(&x, (const cl_long *)(void *)indices.data, h, w, &y, expected);

  Launch launch = launch_new(gpu ? "max_unpool_gpu" : "max_unpool", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &x);
  launch_reads(&launch, &indices);
  launch_long(&launch, OFFSET);
  launch_long(&launch, channels * x.h * x.w + GAP);
  launch_writes_image(&launch, &y);
  int scalars[] = {channels, x.h * x.w, 1, h, w, 1, y.h, y.w};
  for (int i = 0; i < 8; i++) launch_int(&launch, scalars[i]);
  size_t group = (size_t)GROUP;
  bool kept = gpu ? launch_run_items(&launch, group, (size_t)channels, (size_t)n)
                  : launch_run(&launch, 1, (size_t)channels, (size_t)n);
  bool passed = kept && image_matches(&y, expected, 0);
  free(expected);
  buffer_free(&indices);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("max_unpool", both); }
