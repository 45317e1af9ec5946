#include <math.h>

#include "image.h"
#include "random.h"
#include "suite.h"

static bool test(const Case *c, int block) {
  int slices = case_int(c, "slices"), count = case_int(c, "count");
  int first = case_int(c, "first"), stride = case_int(c, "stride");
  Buffer x = buffer_new((size_t)(slices * count * block)), y = buffer_new((size_t)(slices * block));
  for (size_t i = 0; i < x.size; i++) x.data[i] = random_between(0, 1);
  Launch launch = launch_new("calibrate_bandwidth", prelude("#define C %d\n", block));
  launch_reads(&launch, &x);
  launch_writes(&launch, &y);
  launch_int(&launch, count);
  launch_int(&launch, first);
  launch_int(&launch, stride);
  bool passed = launch_run(&launch, (size_t)slices, 1, 1);
  for (int i = 0; i < slices * block; i++) {
    double sum = 0;
    for (int k = 0; k < count; k++) sum += x.data[(i / block * first + k * stride) * block + i % block];
    passed &= fabs(y.data[i] - sum) <= 1e-6 * count;
  }
  buffer_free(&x);
  buffer_free(&y);
  return passed;
}

int main(void) { return suite_blocked("calibrate_bandwidth", test); }
