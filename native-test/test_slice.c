#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

/* Each axis is three columns: first element, step, count. */
static bool test(const Case *c, int block, bool gpu) {
  int channels = case_int(c, "c_count"), oh = case_int(c, "h_count"), ow = case_int(c, "w_count");
  int c0 = case_int(c, "c0"), h0 = case_int(c, "h0"), w0 = case_int(c, "w0");
  int dc = case_int(c, "dc"), dh = case_int(c, "dh"), dw = case_int(c, "dw");
  Image x = image_random(case_int(c, "n"), case_int(c, "c"), case_int(c, "h"), case_int(c, "w"), block, -1, 1);
  Image y = image_new(x.n, channels, oh, ow, block);
  if (case_int(c, "nan")) image_set(&x, x.n - 1, c0, h0, w0, NAN);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = image_get(&x, in, c0 + ic * dc, h0 + ih * dh, w0 + iw * dw);

  int scalars[] = {channels, x.h, x.w, oh, ow, c0, h0, w0, dc, dh, dw};
  Launch launch = launch_new(gpu ? "slice_gpu" : "slice", prelude("#define C %d\n#define GROUP %d\n", block, GROUP));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  bool kept = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&y) * oh * ow), 1, (size_t)x.n)
                  : launch_run(&launch, (size_t)oh, (size_t)image_blocks(&y), (size_t)x.n);
  bool passed = kept && image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("slice", both); }
