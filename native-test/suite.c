#include "suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cl.h"
#include "random.h"

/* Whether a case is larger than CLARINET_NATIVE_WORK allows, or its block one that the kernels asked for never have. */
static bool is_left_out(const Case *c, int block) {
  const char *most = getenv("CLARINET_NATIVE_WORK"), *folder = getenv("CLARINET_NATIVE_FOLDER");
  return (most && case_work(c) > atof(most)) || (folder && !strcmp(folder, "gpu") && block > 4);
}

bool suite_allows(double work) {
  const char *most = getenv("CLARINET_NATIVE_WORK");
  return !most || work <= 10 * atof(most);
}

static int run(const char *name, CaseTest test, const int *blocks, int block_count) {
  cl_open();
  printf("%s on %s, seed %" PRIu64 "\n", name, cl_device_name(), random_seed());
  Cases *cases = cases_read(name);
  int passed = 0, failed = 0;
  for (int i = 0; i < cases->count; i++)
    for (int b = 0; b < block_count; b++) {
      const Case *c = &cases->cases[i];
      if (is_left_out(c, blocks[b])) continue;
      if (getenv("CLARINET_NATIVE_ROUNDS")) printf("%s, block %d\n", c->values[0], blocks[b]);
      if (test(c, blocks[b])) {
        passed++;
      } else {
        printf("FAILED %s, block %d\n", c->values[0], blocks[b]);
        failed++;
      }
    }
  printf("%d passed, %d failed\n", passed, failed);
  free(cases);
  return passed > 0 && failed == 0 ? 0 : 1;
}

int suite_blocked(const char *cases, CaseTest test) { return run(cases, test, (int[]){4, 8, 16}, 3); }

int suite_plain(const char *cases, CaseTest test) { return run(cases, test, (int[]){0}, 1); }
