#include "conv2d.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

static const char SIGMOID[] = "#define ACTIVATION(v) (1.0f / (1.0f + exp(-(v))))\n";

int divide_up(int a, int b) { return (a + b - 1) / b; }

static float *random_floats(int count, float scale) {
  float *values = malloc((size_t)count * sizeof *values);
  for (int i = 0; i < count; i++) values[i] = random_between(-scale, scale);
  return values;
}

static int extent(int in, int pads, int kernel, int stride, int dilation) {
  return (in + pads - dilation * (kernel - 1) - 1) / stride + 1;
}

static void read_window(Conv2d *p, const Case *c) {
  p->kh = case_int(c, "kh");
  p->kw = case_int(c, "kw");
  p->stride_h = case_int(c, "sh");
  p->stride_w = case_int(c, "sw");
  p->pad_top = case_int(c, "pt");
  p->pad_left = case_int(c, "pl");
  p->dilation_h = case_int(c, "dh");
  p->dilation_w = case_int(c, "dw");
  p->oh = extent(p->ih, p->pad_top + case_int(c, "pb"), p->kh, p->stride_h, p->dilation_h);
  p->ow = extent(p->iw, p->pad_left + case_int(c, "pr"), p->kw, p->stride_w, p->dilation_w);
}

static void read_activation(Conv2d *p, const Case *c) {
  bool relu = case_is(c, "activation", "relu"), relu6 = case_is(c, "activation", "relu6"),
       clip = case_is(c, "activation", "clip");
  p->activation = case_text(c, "activation");
  p->lo = relu || relu6 ? 0 : clip ? 0.125f : -INFINITY;
  p->hi = relu6 ? 6 : clip ? 0.75f : INFINITY;
}

Conv2d conv2d_new(const Case *c, int block, int x_block) {
  Conv2d p = {
      .n = case_int(c, "n"),
      .ic = case_int(c, "ic"),
      .ih = case_int(c, "ih"),
      .iw = case_int(c, "iw"),
      .oc = case_int(c, "oc"),
      .groups = case_int(c, "groups"),
      .block = block,
      .has_residual = case_int(c, "residual"),
  };
  read_window(&p, c);
  read_activation(&p, c);
  p.x = image_random(p.n, p.ic, p.ih, p.iw, x_block, -1, 1);
  if (case_int(c, "nan"))
    image_set(&p.x, random_below(p.n), random_below(p.ic), random_below(p.ih), random_below(p.iw), NAN);
  p.residual = image_random(p.n, p.oc, p.oh, p.ow, block, -1, 1);
  p.weights = random_floats(p.oc * p.ic / p.groups * p.kh * p.kw, 0.5f);
  p.bias = random_floats(p.oc, case_int(c, "bias") ? 1 : 0);
  return p;
}

void conv2d_free(Conv2d *p) {
  image_free(&p->x);
  image_free(&p->residual);
  free(p->weights);
  free(p->bias);
}

float conv2d_weight(const Conv2d *p, int oc, int ic, int kh, int kw) {
  return p->weights[(((size_t)oc * (p->ic / p->groups) + ic) * p->kh + kh) * p->kw + kw];
}

Buffer conv2d_bias(const Conv2d *p, int size) {
  Buffer bias = buffer_new((size_t)size);
  for (int i = 0; i < size; i++) bias.data[i] = i < p->oc ? p->bias[i] : 0;
  return bias;
}

static double sum_at(const Conv2d *p, int n, int oc, int oy, int ox) {
  int channels = p->ic / p->groups, first = oc / (p->oc / p->groups) * channels;
  double sum = p->bias[oc];
  for (int i = 0; i < p->kh; i++)
    for (int j = 0; j < p->kw; j++) {
      int y = oy * p->stride_h - p->pad_top + i * p->dilation_h, x = ox * p->stride_w - p->pad_left + j * p->dilation_w;
      if (y < 0 || x < 0 || y >= p->ih || x >= p->iw) continue;
      for (int ic = 0; ic < channels; ic++)
        sum += (double)image_get(&p->x, n, first + ic, y, x) * conv2d_weight(p, oc, ic, i, j);
    }
  return p->has_residual ? sum + image_get(&p->residual, n, oc, oy, ox) : sum;
}

static double activate(const Conv2d *p, double v) {
  if (!strcmp(p->activation, "sigmoid")) return 1 / (1 + exp(-v));
  return v < p->lo ? p->lo : v > p->hi ? p->hi : v;
}

double *conv2d_expected(const Conv2d *p) {
  double *expected = malloc((size_t)p->n * p->oc * p->oh * p->ow * sizeof *expected), *next = expected;
  for (int n = 0; n < p->n; n++)
    for (int oc = 0; oc < p->oc; oc++)
      for (int y = 0; y < p->oh; y++)
        for (int x = 0; x < p->ow; x++) *next++ = activate(p, sum_at(p, n, oc, y, x));
  return expected;
}

char *conv2d_prelude(const Conv2d *p, const char *more) {
  char *prelude = malloc(512);
  snprintf(prelude, 512, "#define C %d\n%s%s", p->block, strcmp(p->activation, "sigmoid") ? "" : SIGMOID, more);
  return prelude;
}

void launch_conv2d(Launch *launch, Conv2d *p, Image *y, Buffer *weights, Buffer *bias) {
  launch_reads_image(launch, &p->x);
  launch_writes_image(launch, y);
  launch_reads(launch, weights);
  launch_reads(launch, bias);
  launch_reads_image(launch, &p->residual);
  launch_int(launch, p->has_residual);
  launch_float(launch, p->lo);
  launch_float(launch, p->hi);
}
