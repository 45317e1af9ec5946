#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "image.h"
#include "indices.h"
#include "random.h"
#include "suite.h"

/* x [outer][extent][inner] by indices along the extent, or by pairs of both. */
static bool test(const Case *c, bool gpu) {
  int outer = case_int(c, "outer"), extent = case_int(c, "extent"), inner = case_int(c, "inner");
  int count = case_int(c, "count"), length = case_int(c, "tuple"), bits = case_int(c, "bits");
  bool pairs = length == 2;
  Image x = image_random(outer, 1, 1, extent * inner, 0, -1, 1);
  Image y = image_new(pairs ? count : outer, 1, 1, pairs ? inner : count * inner, 0);
  if (case_int(c, "nan")) image_add_nan(&x);
  int extents[] = {outer, extent};
  Indices indices = indices_random(count, length, bits, pairs ? extents : extents + 1, case_int(c, "outside"));
  int single[] = {3, 1, inner, 1, 0, count, 0, 1, outer, extent * inner, 0, extent, inner};
  int pair[] = {2, 2, inner, 1, 0, count, 0, 2, outer, extent * inner, extent, inner};
  Buffer walk = pairs ? integers(pair, sizeof pair / sizeof *pair) : integers(single, sizeof single / sizeof *single);

  double *expected = malloc(image_count(&y) * sizeof *expected);
  for (int o = 0; o < (pairs ? 1 : outer); o++) {
    for (int k = 0; k < count; k++) {
      int at[2] = {o, 0};
      bool inside = indices_named(&indices, k, pairs ? at : at + 1);
      for (int i = 0; i < inner; i++) {
        expected[(o * count + k) * inner + i] = inside ? image_get(&x, at[0], 0, 0, at[1] * inner + i) : NAN;
      }
    }
  }

  Launch launch = launch_new(
      gpu ? "pick_at_gpu" : "pick_at", prelude("#define GROUP %d\n#define INDEX %s\n", GROUP, indices_type(&indices)));
  launch_reads_image(&launch, &x);
  launch_reads_indices(&launch, &indices);
  launch_reads(&launch, &walk);
  launch_writes_image(&launch, &y);
  launch_writes_outside(&launch, &indices);
  launch_int(&launch, x.w);
  launch_int(&launch, length);
  launch_int(&launch, y.w);
  int elements = (int)image_count(&y), run = 50;
  launch_int(&launch, elements);
  if (!gpu) launch_int(&launch, run);
  bool passed = (gpu ? launch_run_items(&launch, (size_t)(elements + 3) / 4, 1, 1)
                     : launch_run(&launch, (size_t)((elements + run - 1) / run), 1, 1)) &&
                image_matches(&y, expected, 0) && indices_told(&indices, &launch);
  free(expected);
  buffer_free(&walk);
  indices_free(&indices);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("pick_at", both); }
