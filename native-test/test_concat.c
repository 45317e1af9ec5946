#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { MOST = 8 };

static bool copy(Image *x, Image *y, int channel_offset, bool gpu) {
  int pixels = x->h * x->w;
  Launch launch =
      launch_new(gpu ? "concat_gpu" : "concat", prelude("#define C %d\n#define GROUP %d\n", x->block, GROUP));
  launch_reads_image(&launch, x);
  launch_writes_image(&launch, y);
  launch_int(&launch, x->c);
  launch_int(&launch, pixels);
  launch_int(&launch, channel_offset);
  int touched = (channel_offset % x->block + x->c + x->block - 1) / x->block;
  return gpu ? launch_run_items(&launch, (size_t)(touched * pixels), 1, (size_t)x->n)
             : launch_run(&launch, image_runs(x), (size_t)touched, (size_t)x->n);
}

/* Input number `i` and its channel that is channel c of the output. */
static float source(const Image *inputs, int n, int c, int h, int w) {
  while (c >= inputs->c) c -= inputs++->c;
  return image_get(inputs, n, c, h, w);
}

static bool test(const Case *c, int block, bool gpu) {
  int n = case_int(c, "n"), h = case_int(c, "h"), w = case_int(c, "w"), channels[MOST], all = 0;
  int count = case_list(c, "channels", channels, MOST);
  Image inputs[MOST];
  for (int i = 0; i < count; i++) {
    inputs[i] = image_random(n, channels[i], h, w, block, -1, 1);
    all += channels[i];
  }
  Image y = image_new(n, all, h, w, block);
  if (case_int(c, "nan")) image_add_nan(&inputs[0]);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = source(inputs, in, ic, ih, iw);

  bool passed = true;
  for (int i = 0, at = 0; i < count; at += channels[i++]) passed &= copy(&inputs[i], &y, at, gpu);
  passed = passed && image_matches(&y, expected, 0);
  free(expected);
  for (int i = 0; i < count; i++) image_free(&inputs[i]);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("concat", both); }
