#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "suite.h"

enum { MOST = 64 };

static bool test(const Case *c, int block) {
  int channels[MOST], count = case_list(c, "channels", channels, MOST);
  Image x = image_random(case_int(c, "n"), case_int(c, "c"), case_int(c, "h"), case_int(c, "w"), block, -1, 1);
  Image y = image_new(x.n, count, x.h, x.w, block);
  for (int i = 0; i < count; i++) channels[i] += channels[i] < 0 ? x.c : 0;
  if (case_int(c, "nan")) image_set(&x, x.n - 1, channels[0], 0, 0, NAN);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = image_get(&x, in, channels[ic], ih, iw);

  Buffer table = buffer_new((size_t)count);
  memcpy(table.data, channels, (size_t)count * sizeof *channels);
  Launch launch = launch_new("gather_channels", prelude("#define C %d\n", block));
  launch_reads_image(&launch, &x);
  launch_reads(&launch, &table);
  launch_writes_image(&launch, &y);
  launch_int(&launch, count);
  launch_int(&launch, x.h * x.w);
  bool passed =
      launch_run(&launch, (size_t)image_blocks(&y), image_runs(&x), (size_t)x.n) && image_matches(&y, expected, 0);
  free(expected);
  buffer_free(&table);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("gather_channels", test); }
