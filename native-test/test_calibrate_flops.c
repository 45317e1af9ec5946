#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { CHAINS = 12 };

static double chain(double v, int rounds) {
  while (rounds-- > 0) v = v * 0.5 + 1;
  return v;
}

static bool test(const Case *c, int block) {
  int items = case_int(c, "items"), rounds = case_int(c, "rounds");
  Buffer y = buffer_new((size_t)(items * block));
  Launch launch = launch_new("calibrate_flops", prelude("#define C %d\n", block));
  launch_writes(&launch, &y);
  launch_int(&launch, rounds);
  bool passed = launch_run(&launch, (size_t)items, 1, 1);
  for (int i = 0; i < items * block; i++) {
    double sum = 0;
    for (int k = 0; k < CHAINS; k++) sum += chain(i / block % 64 + k + i % block, rounds);
    passed &= y.data[i] > sum * (1 - 1e-6) && y.data[i] < sum * (1 + 1e-6);
  }
  buffer_free(&y);
  return passed;
}

int main(void) { return suite_blocked("calibrate_flops", test); }
