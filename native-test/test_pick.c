#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "random.h"
#include "suite.h"

/* y[i] = x[table[i]] or 0, elements counted through the batch. */
static bool test(const Case *c, int block, bool gpu) {
  (void)block;
  int n = case_int(c, "n"), x_item = case_int(c, "x_item");
  Image x = image_random(n, 1, 1, x_item, 0, -1, 1);
  Image y = image_new(case_int(c, "yn"), 1, 1, case_int(c, "y_item"), 0);
  if (case_int(c, "nan")) image_add_nan(&x);
  int elements = (int)image_count(&y);

  int *table = malloc((size_t)elements * sizeof *table);
  double *expected = malloc((size_t)elements * sizeof *expected);
  for (int i = 0; i < elements; i++) {
    table[i] = case_int(c, "zeros") && random_below(3) == 0 ? -1 : random_below(n * x_item);
    expected[i] = table[i] < 0 ? 0 : image_get(&x, table[i] / x_item, 0, 0, table[i] % x_item);
  }
  Buffer places = buffer_new((size_t)elements);
  memcpy(places.data, table, (size_t)elements * sizeof *table);

  Launch launch = launch_new(gpu ? "pick_gpu" : "pick", prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &x);
  launch_reads(&launch, &places);
  launch_writes_image(&launch, &y);
  launch_int(&launch, x_item);
  launch_int(&launch, y.w);
  launch_int(&launch, elements);
  int run = 50;
  if (!gpu) launch_int(&launch, run);
  bool passed = (gpu ? launch_run_items(&launch, (size_t)(elements + 3) / 4, 1, 1)
                     : launch_run(&launch, (size_t)((elements + run - 1) / run), 1, 1)) &&
                image_matches(&y, expected, 0);
  free(table);
  free(expected);
  buffer_free(&places);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_plain("pick", both); }
