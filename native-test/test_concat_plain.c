#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { MOST = 8 };

/* Along the batch (y has more items than x) or along the axis of an item. */
static bool copy(Image *x, Image *y, int start, int block, bool gpu) {
  bool batch = y->n > x->n;
  int x_run = x->h * x->w, y_run = y->h * y->w;
  Launch launch =
      launch_new(gpu ? "concat_plain_gpu" : "concat_plain", prelude("#define C %d\n#define GROUP %d\n", block, GROUP));
  launch_reads_image(&launch, x);
  launch_writes_image(&launch, y);
  if (gpu) launch_int(&launch, (int)image_count(x));
  if (gpu) launch_int(&launch, x->c);
  launch_int(&launch, x_run);
  launch_int(&launch, y_run);
  launch_int(&launch, batch ? 0 : start * x->w);
  launch_int(&launch, batch ? start : 0);
  return gpu ? launch_run_items(&launch, (image_count(x) + 3) / 4, 1, 1)
             : launch_run(&launch, (size_t)(x_run + 4095) / 4096, (size_t)x->c, (size_t)x->n);
}

static float source(const Image *inputs, bool batch, int n, int outer, int axis, int inner) {
  while (batch && n >= inputs->n) n -= inputs++->n;
  while (!batch && axis >= inputs->h) axis -= inputs++->h;
  return image_get(inputs, n, outer, axis, inner);
}

/* An item is [outer][axis][inner]: the image's c, h and w; where n is 0, `axes` are batches of items [1][1][inner].
   The block is the kernel's vector width. */
static bool test(const Case *c, int block, bool gpu) {
  int n = case_int(c, "n"), batch = n == 0;
  int outer = case_int(c, "outer"), inner = case_int(c, "inner"), axes[MOST], all = 0;
  int count = case_list(c, "axes", axes, MOST);
  Image inputs[MOST];
  for (int i = 0; i < count; i++) {
    inputs[i] = image_random(batch ? axes[i] : n, outer, batch ? 1 : axes[i], inner, 0, -1, 1);
    all += axes[i];
  }
  Image y = image_new(batch ? all : n, outer, batch ? 1 : all, inner, 0);
  if (case_int(c, "nan")) image_add_nan(&inputs[0]);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, io, ia, ii) *next++ = source(inputs, batch, in, io, ia, ii);

  bool passed = true;
  for (int i = 0, at = 0; i < count; at += axes[i++]) passed &= copy(&inputs[i], &y, at, block, gpu);
  passed = passed && image_matches(&y, expected, 0);
  free(expected);
  for (int i = 0; i < count; i++) image_free(&inputs[i]);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("concat_plain", both); }
