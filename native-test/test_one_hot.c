#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "random.h"
#include "suite.h"

/* Indices [n][outer][inner], from below -depth to beyond it, some with a fraction. */
static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), outer = case_int(c, "outer"), depth = case_int(c, "depth"), inner = case_int(c, "inner");
  Image indices = image_random(n, outer, 1, inner, 0, -1.2f * (float)depth - 1, 1.2f * (float)depth + 1);
  Image values = image_random(2, 1, 1, 1, 0, -1, 1), y = image_new(n, outer, depth, inner, 0);
  EACH_ELEMENT(indices, in, io, ih, ii) {
    float index = image_get(&indices, in, io, ih, ii);
    if (random_below(4)) image_set(&indices, in, io, ih, ii, truncf(index));
  }
  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, io, place, ii) {
    int index = (int)image_get(&indices, in, io, 0, ii);
    *next++ = image_get(&values, (index < 0 ? index + depth : index) == place, 0, 0, 0);
  }

  Launch launch = launch_new(gpu ? "one_hot_gpu" : "one_hot", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &indices);
  launch_reads_image(&launch, &values);
  launch_writes_image(&launch, &y);
  int elements = (int)image_count(&y), run = 50;
  int scalars[] = {depth, inner, outer * inner, outer * depth * inner, elements};
  for (int i = 0; i < 5; i++) launch_int(&launch, scalars[i]);
  if (!gpu) launch_int(&launch, run);
  bool passed = (gpu ? launch_run_items(&launch, (size_t)(elements + 3) / 4, 1, 1)
                     : launch_run(&launch, (size_t)((elements + run - 1) / run), 1, 1)) &&
                image_matches(&y, expected, 0);
  free(expected);
  image_free(&indices);
  image_free(&values);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("one_hot", both); }
