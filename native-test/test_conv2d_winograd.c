#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv3x3.h"
#include "suite.h"
#include "winograd.h"

/* The longest run of tiles that fits, of at most 28; 0 when none does. */
static int run_that_fits(const Conv3x3 *p, const Winograd *wino, int rows, size_t local) {
  int points = wino->n * wino->n, unit = (rows + 1) / 2, best = 0;
  for (int run = unit; run <= 28; run += unit) {
    size_t v = (size_t)points * (blocks(p->ic, p->block) * run + 1) * p->block * sizeof(float);
    size_t m = (size_t)points * (run * wino->width / p->block + 1) * p->block * sizeof(float);
    if (v + m <= local) best = run;
  }
  return best;
}

static bool run(Conv3x3 *p, const Winograd *wino, int rows, size_t local, int shares) {
  int run = run_that_fits(p, wino, rows, local);
  if (!run) return true;
  char defines[160];
  snprintf(defines, sizeof defines, "#define C %d\n#define WINO_M %d\n#define WINO_ROWS %d\n#define WINO_BLOCKS %d\n", p->block, wino->m, rows, wino->width / p->block);
  Buffer weights = winograd_weights(wino, p), bias = conv3x3_bias(p, wino->width);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, p->block);
  Launch launch = launch_new("conv2d_winograd", defines);
  launch_reads_image(&launch, &p->x);
  launch_writes_image(&launch, &y);
  launch_reads(&launch, &weights);
  launch_reads(&launch, &bias);
  launch_reads_image(&launch, &p->residual);
  launch_int(&launch, p->has_residual);
  launch_float(&launch, p->lo);
  launch_float(&launch, p->hi);
  const int scalars[] = {p->n, p->ic, p->ih, p->iw, p->oc, p->oh, p->ow, p->pad_top, p->pad_left, run};
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  size_t points = (size_t)wino->n * wino->n * p->block * sizeof(float);
  launch_local(&launch, points * (size_t)(blocks(p->ic, p->block) * run + 1));
  launch_local(&launch, points * (size_t)(run * wino->width / p->block + 1));
  double *expected = winograd_expected(wino, p);
  bool passed = launch_run(&launch, (size_t)blocks(winograd_tiles(wino, p), run), (size_t)shares, 1) && image_matches(&y, expected, wino->tolerance);
  if (!passed) printf("  F(%d), local memory %zu, runs of %d tiles, %d shares\n", wino->m, local, run, shares);
  free(expected);
  buffer_free(&weights);
  buffer_free(&bias);
  image_free(&y);
  return passed;
}

static bool test(const Case *c, int block) {
  Conv3x3 p = conv3x3_new(c, block);
  Winograd f4 = winograd_new(4, 2 * block), f2 = winograd_new(2, 2 * block);
  int rows = block == 16 ? 14 : 6;
  bool passed = run(&p, &f4, rows, 32 << 10, 1) & run(&p, &f4, rows, 256 << 10, 2) & run(&p, &f4, rows, 1 << 20, 1);
  passed &= run(&p, &f2, rows, 32 << 10, 2) & run(&p, &f2, rows, 512 << 10, 1);
  conv3x3_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d_winograd", test); }
