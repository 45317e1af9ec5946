#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "joins.h"
#include "random.h"
#include "suite.h"

/* Where each element's updates begin, then their numbers, for updates that meet these elements. */
static Buffer table_of(const int *targets, int updates, int elements) {
  Buffer buffer = buffer_new((size_t)(elements + 1 + updates));
  int *table = malloc(buffer.size * sizeof *table), at = 0;
  for (int i = 0; i < elements; i++) {
    table[i] = at;
    for (int u = 0; u < updates; u++) {
      if (targets[u] == i) table[elements + 1 + at++] = u;
    }
  }
  table[elements] = at;
  memcpy(buffer.data, table, buffer.size * sizeof *table);
  free(table);
  return buffer;
}

static bool test(const Case *c, bool gpu) {
  int n = case_int(c, "n"), item = case_int(c, "item"), count = case_int(c, "updates"), join = join_of(c);
  Image x = image_random(n, 1, 1, item, 0, -1, 1), y = image_new(n, 1, 1, item, 0);
  Image updates = image_random(count, 1, 1, 1, 0, 0.5f, 1.5f);
  if (case_int(c, "nan")) image_add_nan(&updates);
  int elements = n * item, *targets = malloc((size_t)count * sizeof *targets);
  double *expected = malloc((size_t)elements * sizeof *expected);
  for (int i = 0; i < elements; i++) expected[i] = image_get(&x, i / item, 0, 0, i % item);
  for (int u = 0; u < count; u++) {
    targets[u] = random_below(elements);
    expected[targets[u]] = joined(join, expected[targets[u]], image_get(&updates, u, 0, 0, 0));
  }
  Buffer table = table_of(targets, count, elements);

  Launch launch =
      launch_new(gpu ? "scatter_gpu" : "scatter", prelude("#define GROUP %d\n#define SUM %d\n#define JOIN(so, v) %s\n",
                                                      GROUP, join_sums(join), join_expression(join)));
  launch_reads_image(&launch, &x);
  launch_reads(&launch, &table);
  launch_reads_image(&launch, &updates);
  launch_writes_image(&launch, &y);
  launch_int(&launch, item);
  launch_int(&launch, 1);
  launch_int(&launch, elements);
  int run = 50;
  if (!gpu) launch_int(&launch, run);
  bool passed = (gpu ? launch_run_items(&launch, (size_t)(elements + 3) / 4, 1, 1)
                     : launch_run(&launch, (size_t)((elements + run - 1) / run), 1, 1)) &&
                image_matches(&y, expected, 1e-6);
  free(targets);
  free(expected);
  buffer_free(&table);
  image_free(&x);
  image_free(&y);
  image_free(&updates);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("scatter", both); }
