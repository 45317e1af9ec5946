#include "conv2d_tiled.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int group_blocks(const Conv2d *p) { return divide_up(p->oc / p->groups, p->block); }

static int first_block(const Tiling *t, const Conv2d *p, int tile) { return tile * group_blocks(p) / t->tiles; }

bool tiling_new(Tiling *tiling, const Conv2d *p, int tile_blocks, int strip, int pass) {
  *tiling = (Tiling){
      .tile_blocks = tile_blocks, .tiles = divide_up(group_blocks(p), tile_blocks), .strip = strip, .pass = pass};
  for (int t = 0; t < tiling->tiles; t++) {
    int blocks = first_block(tiling, p, t + 1) - first_block(tiling, p, t);
    if (blocks < tile_blocks - 1 || blocks > tile_blocks) return false;
  }
  return true;
}

static float *write_row(float *to, const Conv2d *p, int oc, int width, int group, int ic, int kh, int kw) {
  int ocs = p->oc / p->groups, ics = p->ic / p->groups;
  for (int o = oc; o < oc + width; o++) *to++ = o < ocs && ic < ics ? conv2d_weight(p, group * ocs + o, ic, kh, kw) : 0;
  return to;
}

/* Per group and tile [ceil(ic/C)][kh][kw][C][blocks*C], then `zeros` zeros. */
static Buffer tiling_weights(const Tiling *t, const Conv2d *p, int zeros) {
  int padded_ic = divide_up(p->ic / p->groups, p->block) * p->block, rows = padded_ic * p->kh * p->kw;
  Buffer weights = buffer_new((size_t)p->groups * rows * group_blocks(p) * p->block + zeros);
  float *next = weights.data;
  for (int g = 0; g < p->groups; g++)
    for (int tile = 0; tile < t->tiles; tile++) {
      int oc = first_block(t, p, tile) * p->block, width = first_block(t, p, tile + 1) * p->block - oc;
      for (int ic = 0; ic < padded_ic; ic += p->block)
        for (int kh = 0; kh < p->kh; kh++)
          for (int kw = 0; kw < p->kw; kw++)
            for (int c = ic; c < ic + p->block; c++) next = write_row(next, p, oc, width, g, c, kh, kw);
    }
  for (int i = 0; i < zeros; i++) *next++ = 0;
  return weights;
}

static void pass_geometry(Launch *launch, const Tiling *t, const Conv2d *p, bool pointwise) {
  const int sizes[] = {p->n, p->ic / p->groups, p->oc / p->groups, p->ih, p->iw, p->oh, p->ow};
  const int window[] = {p->kh, p->kw, p->stride_h, p->stride_w, p->pad_top, p->pad_left, p->dilation_h, p->dilation_w};
  for (int i = 0; i < 7; i++) launch_int(launch, sizes[i]);
  for (int i = pointwise ? 2 : 0; i < (pointwise ? 4 : 8); i++) launch_int(launch, window[i]);
  launch_int(launch, t->strip);
  launch_int(launch, t->pass);
}

bool tiling_run(const char *kernel, const Tiling *t, Conv2d *p, const double *expected) {
  char tile[64];
  snprintf(tile, sizeof tile, "#define TILE_BLOCKS %d\n", t->tile_blocks);
  char *prelude = conv2d_prelude(p, tile);
  Buffer weights = tiling_weights(t, p, strcmp(kernel, "conv2d_1x1") ? p->block : 0),
         bias = conv2d_bias(p, p->groups * group_blocks(p) * p->block);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, p->block);
  Launch launch = launch_new(kernel, prelude);
  launch_conv2d(&launch, p, &y, &weights, &bias);
  pass_geometry(&launch, t, p, !strcmp(kernel, "conv2d_1x1"));
  bool passed =
      launch_run(&launch, (size_t)t->tiles, (size_t)divide_up(p->n * p->oh * p->ow, t->strip), (size_t)p->groups);
  passed = passed && image_matches(&y, expected, 1e-5);
  if (!passed)
    printf("  %s: tiles of %d blocks, strips of %d pixels, passes of %d channels\n", kernel, t->tile_blocks, t->strip,
        t->pass);
  buffer_free(&weights);
  buffer_free(&bias);
  image_free(&y);
  free(prelude);
  return passed;
}
