#include <stdlib.h>

#include "image.h"
#include "suite.h"

static double centre(int pixel, int extent, bool align) {
  if (align) return extent == 1 ? 0 : 2.0 * pixel / (extent - 1) - 1;
  return (2.0 * pixel + 1) / extent - 1;
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), d = case_int(c, "d"), h = case_int(c, "h"), w = case_int(c, "w"),
      axes = case_int(c, "axes");
  bool align = case_int(c, "align");
  Image map = image_random(n, axes, 1, axes + 1, 0, -2, 2), y = image_new(n, d * h * w, 1, axes, 0);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, place, ih, i) {
    double sum = image_get(&map, in, i, 0, axes);
    sum += image_get(&map, in, i, 0, 0) * centre(place % w, w, align);
    sum += image_get(&map, in, i, 0, 1) * centre(place / w % h, h, align);
    if (axes == 3) sum += image_get(&map, in, i, 0, 2) * centre(place / w / h, d, align);
    *next++ = sum;
  }
  Launch launch = launch_new(gpu ? "affine_grid_gpu" : "affine_grid", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &map);
  launch_writes_image(&launch, &y);
  int scalars[] = {axes, d, h, w, align};
  for (int i = 0; i < 5; i++) launch_int(&launch, scalars[i]);
  size_t places = (size_t)(d * h * w);
  bool kept =
      gpu ? launch_run_items(&launch, places, 1, (size_t)n) : launch_run(&launch, (places + 255) / 256, 1, (size_t)n);
  bool passed = kept && image_matches(&y, expected, 1e-6);
  free(expected);
  image_free(&map);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("affine_grid", both); }
