/* conv2d_grouped on every case, conv2d_blockwise on those of groups within a channel block; and their twins on GPUs. */
#include <stdio.h>
#include <stdlib.h>

#include "conv2d.h"
#include "suite.h"

/* Per output block [kh][kw][ic/groups][C]; then `zeros` zeros. */
static Buffer lane_weights(const Conv2d *p, int zeros) {
  int blocks = divide_up(p->oc, p->block), channels = p->ic / p->groups;
  Buffer weights = buffer_new((size_t)blocks * p->block * p->kh * p->kw * channels + (size_t)zeros);
  float *next = weights.data;
  for (int b = 0; b < blocks; b++)
    for (int kh = 0; kh < p->kh; kh++)
      for (int kw = 0; kw < p->kw; kw++)
        for (int ic = 0; ic < channels; ic++)
          for (int oc = b * p->block; oc < (b + 1) * p->block; oc++)
            *next++ = oc < p->oc ? conv2d_weight(p, oc, ic, kh, kw) : 0;
  for (int i = 0; i < zeros; i++) *next++ = 0;
  return weights;
}

static void pass_scalars(Launch *launch, const Conv2d *p, const int *sizes, int count) {
  const int extents[] = {p->ih, p->iw, p->oh, p->ow, p->kh, p->kw, p->stride_h, p->stride_w, p->pad_top, p->pad_left,
      p->dilation_h, p->dilation_w};
  for (int i = 0; i < count; i++) launch_int(launch, sizes[i]);
  for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) launch_int(launch, extents[i]);
}

/* `rows` output rows a work-item of conv2d_blockwise, 1 with the window compiled in; 0 runs conv2d_grouped. */
static bool run(Conv2d *p, int rows, const double *expected) {
  const char *kernel = rows ? "conv2d_blockwise" : "conv2d_grouped";
  bool literal =
      rows == 1 && p->kw <= 7 && p->stride_w <= 2 && p->dilation_w == 1 && p->kh * p->kw * p->ic / p->groups <= 256;
  char *defines = conv2d_prelude(p, prelude("#define WIDTH %d\n#define TAPS %d\n#define STRIDE %d\n", p->ic / p->groups,
                                        literal ? p->kw : 0, literal ? p->stride_w : 0));
  Buffer weights = lane_weights(p, rows ? p->block : 0), bias = conv2d_bias(p, divide_up(p->oc, p->block) * p->block);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, p->block);
  Launch launch = launch_new(kernel, defines);
  launch_conv2d(&launch, p, &y, &weights, &bias);
  const int sizes[] = {p->ic / p->groups, p->oc / p->groups, p->oc};
  pass_scalars(&launch, p, rows ? sizes + 2 : sizes, rows ? 1 : 3);
  if (rows) launch_int(&launch, rows);
  size_t blocks = (size_t)image_blocks(&y), runs = (size_t)divide_up(p->oh, rows ? rows : 1);
  bool passed = launch_run(&launch, blocks, runs, (size_t)p->n) && image_matches(&y, expected, 1e-5);
  if (!passed) printf("  %s, runs of %d rows\n", kernel, rows);
  buffer_free(&weights);
  buffer_free(&bias);
  image_free(&y);
  free(defines);
  return passed;
}

/* A work-item's outputs of a kernel for GPUs. */
typedef struct {
  int pixels, blocks;
  bool gather;
} Strip;

/* Per tile of an output's blocks [ceil(ic/groups/4)][kh][kw][4][blocks*4]. */
static Buffer tile_weights(const Conv2d *p, int blocks) {
  int channels = p->ic / p->groups, outputs = p->oc / p->groups, tiles = divide_up(outputs, 4 * blocks);
  int rows = divide_up(channels, 4) * 4;
  Buffer weights = buffer_new((size_t)p->groups * tiles * blocks * 4 * rows * p->kh * p->kw);
  float *next = weights.data;
  for (int tile = 0; tile < p->groups * tiles; tile++)
    for (int first = 0; first < rows; first += 4)
      for (int tap = 0; tap < p->kh * p->kw; tap++)
        for (int ic = first; ic < first + 4; ic++)
          for (int lane = 0; lane < blocks * 4; lane++) {
            int o = tile % tiles * blocks * 4 + lane;
            *next++ = ic < channels && o < outputs
                          ? conv2d_weight(p, tile / tiles * outputs + o, ic, tap / p->kw, tap % p->kw)
                          : 0;
          }
  return weights;
}

/* `taps` rows of the kernel at once for conv2d_depthwise_gpu; 0 runs conv2d_grouped_gpu. */
static bool run_strips(Conv2d *p, Strip strip, int taps, const double *expected) {
  const char *kernel = taps ? "conv2d_depthwise_gpu" : "conv2d_grouped_gpu";
  int products = p->ic / p->groups * p->kh * p->kw;
  bool shared = p->dilation_h == 1 && p->stride_h < taps;
  char *defines = conv2d_prelude(
      p, prelude("#define GROUP %d\n#define PIXELS %d\n#define BLOCKS %d\n#define GATHER %d\n#define LONG %d\n"
                 "#define TAPS %d\n#define STRIDE %d\n",
             GROUP, strip.pixels, strip.blocks, strip.gather, products > 512, shared ? taps : 1,
             shared ? p->stride_h : 0));
  Buffer weights = taps || strip.gather ? lane_weights(p, 0) : tile_weights(p, strip.blocks),
         bias = conv2d_bias(p, divide_up(p->oc, 4) * 4);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, 4);
  Launch launch = launch_new(kernel, defines);
  launch_conv2d(&launch, p, &y, &weights, &bias);
  const int sizes[] = {p->ic / p->groups, p->oc / p->groups, p->oc};
  pass_scalars(&launch, p, taps ? sizes + 2 : sizes, taps ? 1 : 3);
  launch_int(&launch, p->n);
  int strips = divide_up(p->oc, 4 * strip.blocks) * divide_up(p->oh, strip.pixels) * p->ow;
  bool passed = launch_run_items(&launch, (size_t)(p->n * strips), 1, 1) && image_matches(&y, expected, 1e-5);
  if (!passed) printf("  %s, %d pixels by %d blocks, %d taps\n", kernel, strip.pixels, strip.blocks, taps);
  buffer_free(&weights);
  buffer_free(&bias);
  image_free(&y);
  free(defines);
  return passed;
}

static bool on_gpus(Conv2d *p, const double *expected) {
  int inputs = p->ic / p->groups, outputs = p->oc / p->groups;
  bool whole = p->groups == 1 || (inputs % 4 == 0 && outputs % 4 == 0);
  if (p->groups == p->ic && p->ic == p->oc) {
    Strip tall = {4, 1, false}, single = {1, 1, false};
    if (!run_strips(p, tall, p->kh, expected) || !run_strips(p, single, 1, expected)) return false;
  }
  if (!whole) return run_strips(p, (Strip){2, 1, true}, 0, expected);
  return (divide_up(outputs, 4) % 2 || run_strips(p, (Strip){4, 2, false}, 0, expected)) &&
         run_strips(p, (Strip){4, 1, false}, 0, expected) && run_strips(p, (Strip){1, 1, false}, 0, expected);
}

/* Whether no group spans two blocks, and each has as many outputs as inputs. */
static bool is_within_blocks(const Conv2d *p) {
  int width = p->ic / p->groups;
  return p->ic == p->oc && width <= p->block && (width & (width - 1)) == 0;
}

static bool test(const Case *c, int block) {
  Conv2d p = conv2d_new(c, block, block);
  double *expected = conv2d_expected(&p);
  bool passed = run(&p, 0, expected);
  if (is_within_blocks(&p)) passed &= run(&p, 1, expected) & run(&p, 5, expected);
  if (block == 4) passed &= on_gpus(&p, expected);
  free(expected);
  conv2d_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d", test); }
