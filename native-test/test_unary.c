#include <stdlib.h>

#include "activation.h"
#include "image.h"
#include "suite.h"

/* At block b: blocked cases in blocks of b channels, PLAIN ones in vectors of b. */
static bool test(const Case *c, int block) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  bool in_place = case_int(c, "in_place"), plain = case_is(c, "layout", "plain");
  const Activation *activation = activation_of(c);
  Image x = image_random(n, channels, h, w, plain ? 0 : block, -8, 8);
  Image y = image_new(n, channels, h, w, plain ? 0 : block);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, ic, ih, iw) *next++ = activation_apply(activation, image_get(&x, in, ic, ih, iw));

  int pixels = plain ? channels * h * w : h * w, run = plain ? 256 * block : 256;
  Launch launch = launch_new("unary", prelude("#define C %d\n%s", block, activation->define));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, in_place ? &x : &y);
  launch_int(&launch, plain ? 0 : channels);
  launch_int(&launch, pixels);
  launch_float(&launch, activation->lo);
  launch_float(&launch, activation->hi);
  size_t blocks = plain ? 1 : (size_t)image_blocks(&x);
  bool passed = launch_run(&launch, (size_t)((pixels + run - 1) / run), blocks, (size_t)n) &&
                image_matches(in_place ? &x : &y, expected, 1e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("unary", test); }
