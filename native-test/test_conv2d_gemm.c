/* conv2d_gemm in all its tiles, and conv2d_gemm_reduce, over the cases of all convolutions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv2d.h"
#include "suite.h"

typedef struct {
  int tile_m, tile_n, tile_k, lane_m, lane_n, shares, local, run_slabs;
  int mask_bits, slices; /* few, so that few programs are compiled */
} Form;

/* The tiles of GemmTiles.java, three of them with totals after two slabs. */
static const Form FORMS[] = {
    {64, 64, 16, 8, 4, 1, 1, 0, 64, 1},
    {32, 64, 32, 8, 8, 4, 1, 0, 32, 3},
    {32, 64, 4, 4, 8, 1, 0, 0, 0, 1},
    {64, 128, 8, 8, 8, 1, 1, 2, 64, 2},
    {16, 32, 4, 8, 4, 1, 0, 2, 32, 3},
    {128, 128, 8, 8, 8, 1, 1, 0, 0, 2},
    {32, 64, 32, 8, 8, 4, 1, 2, 64, 1},
};
enum { FORM_COUNT = sizeof FORMS / sizeof *FORMS };

static int group_of(const Form *f) { return f->tile_m / f->lane_m * (f->tile_n / f->lane_n) * f->shares; }

/* Every other tile promises that a pointwise convolution has no padding. */
static int mask_bits(const Form *f, const Conv2d *p) {
  int taps = p->kh * p->kw;
  bool inside =
      p->pad_top == 0 && p->pad_left == 0 && (p->oh - 1) * p->stride_h < p->ih && (p->ow - 1) * p->stride_w < p->iw;
  if (taps == 1 && inside && f->slices == 1) return 1;
  return taps <= f->mask_bits ? f->mask_bits : 0;
}

static int tap_slabs(const Form *f, const Conv2d *p) { return divide_up(p->ic / p->groups, f->tile_k); }

/* [group][tile of channels][tap][slab][term][channel], zeros beyond both. */
static Buffer gemm_weights(const Form *f, const Conv2d *p) {
  int oc = p->oc / p->groups, ic = p->ic / p->groups, tiles = divide_up(oc, f->tile_n), slabs = tap_slabs(f, p);
  Buffer weights = buffer_new((size_t)p->groups * tiles * p->kh * p->kw * slabs * f->tile_k * f->tile_n);
  float *next = weights.data;
  for (int g = 0; g < p->groups; g++)
    for (int tile = 0; tile < tiles; tile++)
      for (int tap = 0; tap < p->kh * p->kw; tap++)
        for (int i = 0; i < slabs * f->tile_k; i++)
          for (int o = tile * f->tile_n; o < (tile + 1) * f->tile_n; o++)
            *next++ = o < oc && i < ic ? conv2d_weight(p, g * oc + o, i, tap / p->kw, tap % p->kw) : 0;
  return weights;
}

static void pass_shape(Launch *launch, const Conv2d *p) {
  const int values[] = {p->n, p->ic / p->groups, p->oc / p->groups, p->ih, p->iw, p->oh, p->ow, p->kh, p->kw,
      p->stride_h, p->stride_w, p->pad_top, p->pad_left, p->dilation_h, p->dilation_w};
  for (int i = 0; i < 15; i++) launch_int(launch, values[i]);
}

static bool reduce(Conv2d *p, Buffer *sums, int slices, Buffer *bias, Image *y) {
  char define[32];
  snprintf(define, sizeof define, "#define GROUP %d\n", GROUP);
  char *prelude = conv2d_prelude(p, define);
  Launch launch = launch_new("conv2d_gemm_reduce", prelude);
  launch_reads(&launch, sums);
  launch_long(&launch, 0);
  launch_long(&launch, 0);
  launch_writes_image(&launch, y);
  launch_reads(&launch, bias);
  launch_reads_image(&launch, &p->residual);
  launch_int(&launch, p->has_residual);
  launch_float(&launch, p->lo);
  launch_float(&launch, p->hi);
  const int values[] = {slices, p->n, p->oc, p->oh * p->ow};
  for (int i = 0; i < 4; i++) launch_int(&launch, values[i]);
  free(prelude);
  return launch_run_items(&launch, (size_t)(image_blocks(y) * p->oh * p->ow), 1, (size_t)p->n);
}

static bool run(const Form *f, Conv2d *p, const double *expected) {
  int slices = f->slices;
  char tile[512];
  snprintf(tile, sizeof tile,
      "#define GROUP %d\n#define TILE_M %d\n#define TILE_N %d\n#define TILE_K %d\n#define LANE_M %d\n#define LANE_N "
      "%d\n"
      "#define K_SHARES %d\n#define SLABS_LOCAL %d\n#define RUN_SLABS %d\n#define MASK_BITS %d\n#define SPLIT %d\n",
      group_of(f), f->tile_m, f->tile_n, f->tile_k, f->lane_m, f->lane_n, f->shares, f->local, f->run_slabs,
      mask_bits(f, p), slices > 1);
  char *prelude = slices > 1 ? strdup(tile) : conv2d_prelude(p, tile);
  int oc = p->oc / p->groups, blocks = p->groups * divide_up(oc, 4);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, 4);
  Buffer weights = gemm_weights(f, p), bias = conv2d_bias(p, blocks * 4);
  Buffer sums = buffer_new(slices > 1 ? (size_t)slices * p->n * blocks * p->oh * p->ow * 4 : 4);
  Launch launch = launch_new("conv2d_gemm", prelude);
  launch_reads_image(&launch, &p->x);
  if (slices > 1) {
    launch_writes(&launch, &sums);
    launch_long(&launch, 0);
    launch_long(&launch, 0);
  } else {
    launch_writes_image(&launch, &y);
  }
  launch_reads(&launch, &weights);
  launch_reads(&launch, &bias);
  launch_reads_image(&launch, &p->residual);
  launch_int(&launch, p->has_residual);
  launch_float(&launch, p->lo);
  launch_float(&launch, p->hi);
  pass_shape(&launch, p);
  launch_group(&launch, (size_t)group_of(f), 1, 1);
  int tiles = divide_up(p->n * p->oh * p->ow, f->tile_m) * divide_up(oc, f->tile_n);
  bool passed = launch_run(&launch, (size_t)tiles, (size_t)slices, (size_t)p->groups);
  if (slices > 1) passed = passed && reduce(p, &sums, slices, &bias, &y);
  passed = passed && image_matches(&y, expected, 1e-5);
  if (!passed) printf("  tile %d x %d x %d, %d slices\n", f->tile_m, f->tile_n, f->tile_k, slices);
  buffer_free(&weights);
  buffer_free(&bias);
  buffer_free(&sums);
  image_free(&y);
  free(prelude);
  return passed;
}

/* Each case runs by one tile in turn. */
static bool test(const Case *c, int block) {
  static int turn;
  Conv2d p = conv2d_new(c, block, block);
  bool whole = p.groups == 1 || (p.ic / p.groups % 4 == 0 && p.oc / p.groups % 4 == 0), passed = true;
  if (block == 4 && whole) {
    double *expected = conv2d_expected(&p);
    passed = run(&FORMS[turn++ % FORM_COUNT], &p, expected);
    free(expected);
  }
  conv2d_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d", test); }
