#include <stdio.h>
#include <stdlib.h>

#include "conv2d_tiled.h"
#include "suite.h"

static size_t patch_bytes(const Conv2d *p, int rows, int columns) {
  int height = (rows - 1) * p->stride_h + (p->kh - 1) * p->dilation_h + 1,
      width = (columns - 1) * p->stride_w + (p->kw - 1) * p->dilation_w + 1;
  return (size_t)p->ic * height * width * sizeof(float);
}

/* Per tile [ic][kh][kw][blocks*C]. */
static Buffer stem_weights(const Tiling *t, const Conv2d *p) {
  int blocks = divide_up(p->oc, p->block), taps = p->kh * p->kw;
  Buffer weights = buffer_new((size_t)blocks * p->block * p->ic * taps);
  float *next = weights.data;
  for (int tile = 0; tile < t->tiles; tile++) {
    int begin = tile * blocks / t->tiles * p->block, end = (tile + 1) * blocks / t->tiles * p->block;
    for (int k = 0; k < p->ic * taps; k++)
      for (int o = begin; o < end; o++)
        *next++ = o < p->oc ? conv2d_weight(p, o, k / taps, k % taps / p->kw, k % p->kw) : 0;
  }
  return weights;
}

static void pass_geometry(Launch *launch, const Conv2d *p, int rows, int columns, int tiles) {
  const int scalars[] = {p->ic, p->oc, p->ih, p->iw, p->oh, p->ow, p->kh, p->kw, p->stride_h, p->stride_w, p->pad_top,
      p->pad_left, p->dilation_h, p->dilation_w, rows, columns, tiles};
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(launch, scalars[i]);
  launch_local(launch, patch_bytes(p, rows, columns));
}

static bool run(Conv2d *p, const Tiling *t, int rows, int columns, const double *expected) {
  char tile[64];
  snprintf(tile, sizeof tile, "#define TILE_BLOCKS %d\n", t->tile_blocks);
  char *prelude = conv2d_prelude(p, tile);
  Buffer weights = stem_weights(t, p), bias = conv2d_bias(p, divide_up(p->oc, p->block) * p->block);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, p->block);
  Launch launch = launch_new("conv2d_stem", prelude);
  launch_conv2d(&launch, p, &y, &weights, &bias);
  pass_geometry(&launch, p, rows, columns, t->tiles);
  bool passed = launch_run(&launch, (size_t)divide_up(p->ow, columns), (size_t)divide_up(p->oh, rows), (size_t)p->n) &&
                image_matches(&y, expected, 1e-5);
  if (!passed) printf("  tiles of %d blocks, patches of %dx%d\n", t->tile_blocks, rows, columns);
  buffer_free(&weights);
  buffer_free(&bias);
  image_free(&y);
  free(prelude);
  return passed;
}

/* A form of conv2d_stem_gpu: output rows and channel blocks of a group, channel blocks of a work-item. */
typedef struct {
  int rows, blocks, lane_blocks;
} Form;

/* Per tile of channels [ic][kh][kw][4*blocks]. */
static Buffer tile_weights(const Conv2d *p, int width) {
  int taps = p->kh * p->kw;
  Buffer weights = buffer_new((size_t)divide_up(p->oc, width) * width * p->ic * taps);
  float *next = weights.data;
  for (int first = 0; first < p->oc; first += width)
    for (int k = 0; k < p->ic * taps; k++)
      for (int o = first; o < first + width; o++)
        *next++ = o < p->oc ? conv2d_weight(p, o, k / taps, k % taps / p->kw, k % p->kw) : 0;
  return weights;
}

static char *form_prelude(const Conv2d *p, Form f, int patch_channels) {
  return conv2d_prelude(
      p, prelude("#define KH %d\n#define KW %d\n#define STRIDE_H %d\n#define STRIDE_W %d\n#define DILATION_H %d\n"
                 "#define DILATION_W %d\n#define TILE_ROWS %d\n#define TILE_BLOCKS %d\n#define LANE_BLOCKS %d\n"
                 "#define PATCH_CHANNELS %d\n",
             p->kh, p->kw, p->stride_h, p->stride_w, p->dilation_h, p->dilation_w, f.rows, f.blocks, f.lane_blocks,
             patch_channels));
}

static bool run_gpu(Conv2d *p, Form f, int patch_channels, const double *expected) {
  int tiles = divide_up(p->oc, 4 * f.blocks);
  char *defines = form_prelude(p, f, patch_channels);
  Buffer weights = tile_weights(p, 4 * f.blocks), bias = conv2d_bias(p, tiles * 4 * f.blocks);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, 4);
  Launch launch = launch_new("conv2d_stem_gpu", defines);
  launch_conv2d(&launch, p, &y, &weights, &bias);
  const int scalars[] = {p->ic, p->oc, p->ih, p->iw, p->oh, p->ow, p->pad_top, p->pad_left};
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  launch_group(&launch, (size_t)(f.rows * f.blocks / f.lane_blocks), 1, 1);
  bool passed =
      launch_run(&launch, (size_t)(p->n * divide_up(p->ow, 8) * divide_up(p->oh, f.rows)), (size_t)tiles, 1) &&
      image_matches(&y, expected, 1e-5);
  if (!passed) printf("  gpu, %d rows, %d blocks, %d a work-item\n", f.rows, f.blocks, f.lane_blocks);
  buffer_free(&weights);
  buffer_free(&bias);
  image_free(&y);
  free(defines);
  return passed;
}

/* Each case by one of the forms in turn: compilers take most of the time. */
static bool test_gpu(Conv2d *p, const double *expected) {
  static const Form forms[] = {{8, 16, 1}, {8, 8, 1}, {16, 16, 2}, {16, 4, 1}};
  static unsigned count;
  return run_gpu(p, forms[count++ % 4], divide_up(p->ic, 2), expected);
}

static bool test(const Case *c, int block) {
  if (case_int(c, "groups") > 1 || case_int(c, "ic") > 13) return true;
  Conv2d p = conv2d_new(c, block, 0);
  double *expected = conv2d_expected(&p);
  bool passed = true;
  const int tile_blocks[] = {4, 2}, rows[] = {1, 2, 5}, columns[] = {1 << 20, 7, 4};
  for (int i = block == 16 ? 0 : 1; i < 2; i++)
    for (int j = 0; j < 3; j++) {
      Tiling tiling;
      int width = columns[j] < p.ow ? columns[j] : p.ow;
      if (tiling_new(&tiling, &p, tile_blocks[i], 0, 0)) passed &= run(&p, &tiling, rows[j], width, expected);
    }
  if (block == 4) passed &= test_gpu(&p, expected);
  free(expected);
  conv2d_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d", test); }
