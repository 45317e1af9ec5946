/* conv2d_winograd, and the three steps through scratch, over the same cases. */
#include <stdio.h>
#include <stdlib.h>

#include "suite.h"
#include "winograd.h"

static void launch_ints(Launch *launch, const int *values, int count) {
  for (int i = 0; i < count; i++) launch_int(launch, values[i]);
}

#define INTS(launch, ...) launch_ints(launch, (int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int))

typedef struct {
  Conv2d *p;
  const Winograd *wino;
  char *prelude;
  int tiles, panels, points;
  Buffer weights, bias;
  Image y;
} Run;

static Run run_new(Conv2d *p, const Winograd *wino) {
  return (Run){
      .p = p,
      .wino = wino,
      .prelude = winograd_prelude(wino, p),
      .tiles = winograd_tiles(wino, p),
      .panels = divide_up(p->oc, wino->width),
      .points = wino->n * wino->n,
      .weights = winograd_weights(wino, p),
      .bias = conv2d_bias(p, divide_up(p->oc, p->block) * p->block),
      .y = image_new(p->n, p->oc, p->oh, p->ow, p->block),
  };
}

static bool run_end(Run *run, bool passed) {
  double *expected = winograd_expected(run->wino, run->p);
  passed = passed && image_matches(&run->y, expected, run->wino->tolerance);
  if (!passed)
    printf("  F(%d), register tiles of %d and %d by %d\n", run->wino->m, run->wino->rows, run->wino->small,
        run->wino->width);
  free(expected);
  free(run->prelude);
  buffer_free(&run->weights);
  buffer_free(&run->bias);
  image_free(&run->y);
  return passed;
}

static int max(int a, int b) { return a > b ? a : b; }

static size_t local_floats(const Run *run, int blocks, int capacity) {
  return (size_t)run->points * (blocks * capacity + 1) * run->p->block;
}

/* In one launch, with the longest runs of tiles that fit into `local` bytes; true where none fits. */
static bool fused(Conv2d *p, const Winograd *wino, size_t local, int shares) {
  Run run = run_new(p, wino);
  int ic_blocks = divide_up(p->ic, p->block), oc_blocks = wino->width / p->block;
  for (int runs = 1; runs <= run.tiles; runs++) {
    int capacity = max(winograd_rows(wino, run.tiles / runs), winograd_rows(wino, divide_up(run.tiles, runs)));
    size_t v = local_floats(&run, ic_blocks, capacity) * sizeof(float),
           m = local_floats(&run, oc_blocks, capacity) * sizeof(float);
    if (v + m > local) continue;
    Launch launch = launch_new("conv2d_winograd", run.prelude);
    launch_conv2d(&launch, p, &run.y, &run.weights, &run.bias);
    INTS(&launch, p->n, p->ic, p->ih, p->iw, p->oc, p->oh, p->ow, p->pad_top, p->pad_left, capacity);
    launch_local(&launch, v);
    launch_local(&launch, m);
    return run_end(&run, launch_run(&launch, (size_t)runs, (size_t)shares, 1));
  }
  image_free(&run.y);
  buffer_free(&run.weights);
  buffer_free(&run.bias);
  free(run.prelude);
  return true;
}

static void launch_scratch(Launch *launch, Buffer *scratch, bool written) {
  if (written) launch_writes(launch, scratch);
  else launch_reads(launch, scratch);
  launch_long(launch, 0);
  launch_long(launch, 0);
}

static bool input(Run *run, Buffer *v, int first, int tiles, int shares) {
  Conv2d *p = run->p;
  Launch launch = launch_new("conv2d_winograd_input", run->prelude);
  launch_reads_image(&launch, &p->x);
  launch_scratch(&launch, v, true);
  INTS(&launch, p->ic, p->ih, p->iw, p->oh, p->ow, p->pad_top, p->pad_left, first, tiles);
  return launch_run(&launch, (size_t)winograd_groups(run->wino, tiles), (size_t)shares, 1);
}

static bool multiply(Run *run, Buffer *v, Buffer *m, int tiles, int shares, int groups) {
  Launch launch = launch_new("conv2d_winograd_multiply", run->prelude);
  launch_scratch(&launch, v, false);
  launch_scratch(&launch, m, true);
  launch_reads(&launch, &run->weights);
  INTS(&launch, run->p->ic, run->p->oc, tiles, groups);
  return launch_run(&launch, (size_t)run->points, (size_t)shares, 1);
}

static bool output(Run *run, Buffer *m, int first, int tiles) {
  Conv2d *p = run->p;
  Launch launch = launch_new("conv2d_winograd_output", run->prelude);
  launch_scratch(&launch, m, false);
  launch_writes_image(&launch, &run->y);
  launch_reads(&launch, &run->bias);
  launch_reads_image(&launch, &p->residual);
  launch_int(&launch, p->has_residual);
  launch_float(&launch, p->lo);
  launch_float(&launch, p->hi);
  INTS(&launch, p->oc, p->oh, p->ow, first, tiles);
  return launch_run(&launch, (size_t)winograd_groups(run->wino, tiles), (size_t)run->panels, 1);
}

/* In three launches for each of `calls` parts of the tiles. */
static bool staged(Conv2d *p, const Winograd *wino, int calls, int shares, int groups) {
  Run run = run_new(p, wino);
  bool passed = true;
  for (int call = 0; call < calls; call++) {
    int first = run.tiles * call / calls, tiles = run.tiles * (call + 1) / calls - first,
        rows = winograd_rows(wino, tiles);
    if (!tiles) continue;
    Buffer v = buffer_new(local_floats(&run, divide_up(p->ic, p->block), rows)),
           m = buffer_new((size_t)run.points * rows * run.panels * wino->width);
    passed &= input(&run, &v, first, tiles, shares) && multiply(&run, &v, &m, tiles, shares, groups) &&
              output(&run, &m, first, tiles);
    buffer_free(&v);
    buffer_free(&m);
  }
  return run_end(&run, passed);
}

static bool test(const Case *c, int block) {
  Conv2d p = conv2d_new(c, block, block);
  int rows = block == 16 ? 13 : 6, small = block == 16 ? 8 : 3;
  Winograd f4 = winograd_new(4, rows, small, 2 * block), f2 = winograd_new(2, rows, small, 2 * block);
  bool passed = fused(&p, &f4, 32 << 10, 1) & fused(&p, &f4, 256 << 10, 2) & fused(&p, &f4, 1 << 20, 1);
  passed &= fused(&p, &f2, 32 << 10, 2) & fused(&p, &f2, 512 << 10, 1);
  passed &= staged(&p, &f4, 1, 1, 100) & staged(&p, &f4, 3, 2, 2) & staged(&p, &f2, 1, 2, 1);
  conv2d_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d_winograd", test); }
