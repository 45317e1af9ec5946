/* conv2d_grouped on every case, conv2d_depthwise on those of one channel a group. */
#include <stdio.h>
#include <stdlib.h>

#include "conv2d.h"
#include "suite.h"

/* Per output block [kh][kw][ic/groups][C]. */
static Buffer lane_weights(const Conv2d *p) {
  int blocks = divide_up(p->oc, p->block), channels = p->ic / p->groups;
  Buffer weights = buffer_new((size_t)blocks * p->block * p->kh * p->kw * channels);
  float *next = weights.data;
  for (int b = 0; b < blocks; b++)
    for (int kh = 0; kh < p->kh; kh++)
      for (int kw = 0; kw < p->kw; kw++)
        for (int ic = 0; ic < channels; ic++)
          for (int oc = b * p->block; oc < (b + 1) * p->block; oc++)
            *next++ = oc < p->oc ? conv2d_weight(p, oc, ic, kh, kw) : 0;
  return weights;
}

static void pass_scalars(Launch *launch, const Conv2d *p, const int *sizes, int count) {
  const int extents[] = {p->ih, p->iw, p->oh, p->ow, p->kh, p->kw, p->stride_h, p->stride_w, p->pad_top, p->pad_left,
      p->dilation_h, p->dilation_w};
  for (int i = 0; i < count; i++) launch_int(launch, sizes[i]);
  for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) launch_int(launch, extents[i]);
}

/* `rows` output rows a work-item of conv2d_depthwise; 0 runs conv2d_grouped. */
static bool run(Conv2d *p, int rows, const double *expected) {
  const char *kernel = rows ? "conv2d_depthwise" : "conv2d_grouped";
  char *prelude = conv2d_prelude(p, "");
  Buffer weights = lane_weights(p), bias = conv2d_bias(p, divide_up(p->oc, p->block) * p->block);
  Image y = image_new(p->n, p->oc, p->oh, p->ow, p->block);
  Launch launch = launch_new(kernel, prelude);
  launch_conv2d(&launch, p, &y, &weights, &bias);
  const int sizes[] = {p->ic / p->groups, p->oc / p->groups, p->oc};
  pass_scalars(&launch, p, rows ? sizes + 2 : sizes, rows ? 1 : 3);
  if (rows) launch_int(&launch, rows);
  size_t blocks = (size_t)image_blocks(&y), runs = (size_t)divide_up(p->oh, rows ? rows : 1);
  bool passed = launch_run(&launch, rows ? runs : blocks, rows ? blocks : runs, (size_t)p->n) &&
                image_matches(&y, expected, 1e-5);
  if (!passed) printf("  %s, runs of %d rows\n", kernel, rows);
  buffer_free(&weights);
  buffer_free(&bias);
  image_free(&y);
  free(prelude);
  return passed;
}

static bool test(const Case *c, int block) {
  Conv2d p = conv2d_new(c, block, block);
  double *expected = conv2d_expected(&p);
  bool passed = run(&p, 0, expected);
  if (p.groups == p.ic && p.ic == p.oc) passed &= run(&p, 1, expected) & run(&p, 5, expected);
  free(expected);
  conv2d_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d", test); }
