#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { CONSTANT, REFLECT, EDGE, WRAP };

static int mode_of(const Case *c) {
  if (case_is(c, "mode", "constant")) return CONSTANT;
  if (case_is(c, "mode", "reflect")) return REFLECT;
  return case_is(c, "mode", "edge") ? EDGE : WRAP;
}

/* The index in x that lies at i, or -1; steps in from outside one bounce or period at a time. */
static int source(int i, int size, int mode) {
  bool outside = i < 0 || i >= size;
  if (mode == CONSTANT && outside) return -1;
  if (mode == EDGE || size == 1) return i < 0 ? 0 : i >= size ? size - 1 : i;
  while (mode == WRAP && (i < 0 || i >= size)) i += i < 0 ? size : -size;
  while (i < 0 || i >= size) i = i < 0 ? -i : 2 * (size - 1) - i;
  return i;
}

static bool test(const Case *c, int block, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  int before = case_int(c, "c_begin"), top = case_int(c, "top"), left = case_int(c, "left"), mode = mode_of(c);
  float value = case_float(c, "value");
  Image x = image_random(n, channels, h, w, block, -1, 1);
  int y_channels = channels + before + case_int(c, "c_end");
  Image y = image_new(n, y_channels, h + top + case_int(c, "bottom"), w + left + case_int(c, "right"), block);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    int sc = source(ic - before, channels, mode), sh = source(ih - top, h, mode), sw = source(iw - left, w, mode);
    *next++ = sc < 0 || sh < 0 || sw < 0 ? value : image_get(&x, in, sc, sh, sw);
  }

  int scalars[] = {channels, h, w, y.c, y.h, y.w, before, top, left, mode};
  Launch launch = launch_new(gpu ? "pad_gpu" : "pad", prelude("#define C %d\n#define GROUP %d\n", block, GROUP));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  launch_float(&launch, value);
  bool kept = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&y) * y.h * y.w), 1, (size_t)n)
                  : launch_run(&launch, (size_t)y.h, (size_t)image_blocks(&y), (size_t)n);
  bool passed = kept && image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("pad", both); }
