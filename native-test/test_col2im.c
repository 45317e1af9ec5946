#include <stdlib.h>

#include "image.h"
#include "suite.h"

static int blocks_of(
    const Case *c, int extent, const char *k, const char *s, const char *d, const char *a, const char *b) {
  int reach = case_int(c, d) * (case_int(c, k) - 1) + 1;
  return (extent + case_int(c, a) + case_int(c, b) - reach) / case_int(c, s) + 1;
}

/* Adds what each block holds to the elements under it. */
static void define(const Case *c, const Image *x, const Image *y, int bw, double *sums) {
  int kh = case_int(c, "kh"), kw = case_int(c, "kw");
  for (size_t i = 0; i < image_count(y); i++) sums[i] = 0;
  EACH_ELEMENT(*x, n, channel, tap, block) {
    int row = block / bw * case_int(c, "sh") + tap / kw * case_int(c, "dh") - case_int(c, "top");
    int column = block % bw * case_int(c, "sw") + tap % kw * case_int(c, "dw") - case_int(c, "left");
    if (tap < kh * kw && row >= 0 && row < y->h && column >= 0 && column < y->w) {
      sums[((n * y->c + channel) * y->h + row) * y->w + column] += image_get(x, n, channel, tap, block);
    }
  }
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), kh = case_int(c, "kh"), kw = case_int(c, "kw");
  Image y = image_new(n, channels, case_int(c, "h"), case_int(c, "w"), 0);
  int bh = blocks_of(c, y.h, "kh", "sh", "dh", "top", "bottom"),
      bw = blocks_of(c, y.w, "kw", "sw", "dw", "left", "right");
  Image x = image_random(n, channels, kh * kw, bh * bw, 0, -1, 1);
  if (case_int(c, "nan")) image_add_nan(&x);
  double *expected = malloc(image_count(&y) * sizeof *expected);
  define(c, &x, &y, bw, expected);

  Launch launch = launch_new(gpu ? "col2im_gpu" : "col2im", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  int elements = channels * y.h * y.w;
  int scalars[] = {elements, 1, y.h, y.w, 1, kh, kw, 1, bh, bw, 1, case_int(c, "sh"), case_int(c, "sw"), 1,
      case_int(c, "dh"), case_int(c, "dw"), 0, case_int(c, "top"), case_int(c, "left")};
  for (int i = 0; i < 19; i++) launch_int(&launch, scalars[i]);
  size_t places = (size_t)elements;
  bool kept =
      gpu ? launch_run_items(&launch, places, 1, (size_t)n) : launch_run(&launch, (places + 255) / 256, 1, (size_t)n);
  bool passed = kept && image_matches(&y, expected, 1e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("col2im", both); }
