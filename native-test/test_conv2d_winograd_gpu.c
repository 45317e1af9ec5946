/* winograd_input_gpu, conv2d_gemm as a product for each point, and winograd_output_gpu. */
#include <stdio.h>
#include <stdlib.h>

#include "suite.h"
#include "winograd.h"

/* The tile of conv2d_gemm, a small one for simulators; packed weights are rounded to its columns and terms. */
enum { TILE_M = 16, TILE_N = 16, TILE_K = 8 };

typedef struct {
  Conv2d *p;
  const Winograd *wino;
  char *prelude;
  int tiles, points, ic_blocks, oc_blocks;
  Buffer weights, bias;
  Image y;
} Run;

static void launch_ints(Launch *launch, const int *values, int count) {
  for (int i = 0; i < count; i++) launch_int(launch, values[i]);
}

#define INTS(launch, ...) launch_ints(launch, (int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int))

static void launch_scratch(Launch *launch, Buffer *scratch, bool written) {
  if (written) launch_writes(launch, scratch);
  else launch_reads(launch, scratch);
  launch_long(launch, 0);
  launch_long(launch, 0);
}

/* [point][ceil(oc/TILE_N)][ic up to TILE_K][TILE_N] */
static Buffer point_weights(const Winograd *wino, const Conv2d *p) {
  int points = wino->n * wino->n, columns = divide_up(p->oc, TILE_N) * TILE_N,
      terms = divide_up(p->ic, TILE_K) * TILE_K;
  Buffer packed = buffer_new((size_t)points * columns * terms);
  float *next = packed.data;
  for (int k = 0; k < points; k++)
    for (int first = 0; first < columns; first += TILE_N)
      for (int ic = 0; ic < terms; ic++)
        for (int oc = first; oc < first + TILE_N; oc++)
          *next++ = oc < p->oc && ic < p->ic ? (float)winograd_weight(wino, p, oc, ic, k) : 0;
  return packed;
}

static bool input(Run *run, Buffer *v, int first, int tiles) {
  Conv2d *p = run->p;
  Launch launch = launch_new("winograd_input_gpu", run->prelude);
  launch_reads_image(&launch, &p->x);
  launch_scratch(&launch, v, true);
  INTS(&launch, p->ic, p->ih, p->iw, p->oh, p->ow, p->pad_top, p->pad_left, first, tiles);
  return launch_run_items(&launch, (size_t)(run->ic_blocks * tiles * (run->wino->m / 2)), 1, 1);
}

/* Sums as they are, of one slice: nothing is read of bias and residual. */
static bool multiply(Run *run, Buffer *v, Buffer *m, int tiles) {
  Launch launch = launch_new(
      "conv2d_gemm", prelude("#define C 4\n#define TILE_M %d\n#define TILE_N %d\n#define TILE_K %d\n#define LANE_M 4\n"
                             "#define LANE_N 4\n#define SPLIT 1\n#define MASK_BITS 1\n",
                         TILE_M, TILE_N, TILE_K));
  launch_scratch(&launch, v, false);
  launch_scratch(&launch, m, true);
  launch_reads(&launch, &run->weights);
  launch_reads(&launch, &run->bias);
  launch_scratch(&launch, v, false);
  launch_int(&launch, 0);
  launch_float(&launch, 0);
  launch_float(&launch, 0);
  INTS(&launch, 1, run->p->ic, run->p->oc, 1, tiles, 1, tiles, 1, 1, 1, 1, 0, 0, 1, 1);
  launch_group(&launch, TILE_M * TILE_N / 16, 1, 1);
  size_t groups = (size_t)(divide_up(tiles, TILE_M) * divide_up(run->p->oc, TILE_N));
  return launch_run(&launch, groups, 1, (size_t)run->points);
}

static bool output(Run *run, Buffer *m, int first, int tiles) {
  Conv2d *p = run->p;
  Launch launch = launch_new("winograd_output_gpu", run->prelude);
  launch_scratch(&launch, m, false);
  launch_writes_image(&launch, &run->y);
  launch_reads(&launch, &run->bias);
  launch_reads_image(&launch, &p->residual);
  launch_int(&launch, p->has_residual);
  launch_float(&launch, p->lo);
  launch_float(&launch, p->hi);
  INTS(&launch, p->oc, p->oh, p->ow, first, tiles);
  return launch_run_items(&launch, (size_t)(run->oc_blocks * tiles * (run->wino->m / 2)), 1, 1);
}

static bool part(Run *run, int first, int tiles) {
  size_t plane = (size_t)(4 * run->points * tiles);
  Buffer v = buffer_new(plane * run->ic_blocks), m = buffer_new(plane * run->oc_blocks);
  bool passed = input(run, &v, first, tiles) && multiply(run, &v, &m, tiles) && output(run, &m, first, tiles);
  buffer_free(&v);
  buffer_free(&m);
  return passed;
}

/* In three launches for each of `parts` parts of the tiles. */
static bool run(Conv2d *p, const Winograd *wino, int parts) {
  char defines[64];
  snprintf(defines, sizeof defines, "#define WINO_M %d\n#define GROUP %d\n", wino->m, GROUP);
  Run run = {.p = p,
      .wino = wino,
      .prelude = conv2d_prelude(p, defines),
      .tiles = winograd_tiles(wino, p),
      .points = wino->n * wino->n,
      .ic_blocks = divide_up(p->ic, 4),
      .oc_blocks = divide_up(p->oc, 4),
      .weights = point_weights(wino, p),
      .bias = conv2d_bias(p, divide_up(p->oc, 4) * 4),
      .y = image_new(p->n, p->oc, p->oh, p->ow, 4)};
  bool passed = true;
  for (int i = 0; i < parts; i++) {
    int first = run.tiles * i / parts, tiles = run.tiles * (i + 1) / parts - first;
    if (tiles) passed &= part(&run, first, tiles);
  }
  double *expected = winograd_expected(wino, p);
  passed = passed && image_matches(&run.y, expected, wino->tolerance);
  if (!passed) printf("  F(%d) in %d parts\n", wino->m, parts);
  free(expected);
  free(run.prelude);
  buffer_free(&run.weights);
  buffer_free(&run.bias);
  image_free(&run.y);
  return passed;
}

static bool test(const Case *c, int block) {
  if (block != 4) return true;
  Conv2d p = conv2d_new(c, block, block);
  Winograd f4 = winograd_new(4, 0, 0, 0), f2 = winograd_new(2, 0, 0, 0);
  bool passed = run(&p, &f4, 1) & run(&p, &f4, 3) & run(&p, &f2, 1);
  conv2d_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d_winograd", test); }
