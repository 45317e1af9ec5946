#include "conv3x3.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

int blocks(int a, int b) { return (a + b - 1) / b; }

static float *random_floats(size_t count, float scale) {
  float *values = malloc(count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = random_between(-scale, scale);
  return values;
}

Conv3x3 conv3x3_new(const Case *c, int block) {
  Conv3x3 p = {.n = case_int(c, "n"), .ic = case_int(c, "ic"), .ih = case_int(c, "ih"), .iw = case_int(c, "iw"), .oc = case_int(c, "oc"),
               .pad_top = case_int(c, "pt"), .pad_left = case_int(c, "pl"), .block = block, .has_residual = case_int(c, "residual")};
  p.oh = p.ih + p.pad_top + case_int(c, "pb") - 2;
  p.ow = p.iw + p.pad_left + case_int(c, "pr") - 2;
  p.lo = case_is(c, "activation", "none") ? -INFINITY : case_is(c, "activation", "clip") ? 0.125f : 0;
  p.hi = case_is(c, "activation", "relu6") ? 6 : case_is(c, "activation", "clip") ? 0.75f : INFINITY;
  p.x = image_random(p.n, p.ic, p.ih, p.iw, block, -1, 1);
  if (case_int(c, "nan")) image_set(&p.x, random_below(p.n), random_below(p.ic), random_below(p.ih), random_below(p.iw), NAN);
  p.residual = image_random(p.n, p.oc, p.oh, p.ow, block, -1, 1);
  p.weights = random_floats((size_t)p.oc * p.ic * 9, 0.5f);
  p.bias = random_floats((size_t)p.oc, case_int(c, "bias") ? 1 : 0);
  return p;
}

void conv3x3_free(Conv3x3 *p) {
  image_free(&p->x);
  image_free(&p->residual);
  free(p->weights);
  free(p->bias);
}

Buffer conv3x3_bias(const Conv3x3 *p, int width) {
  Buffer bias = buffer_new((size_t)blocks(p->oc, width) * width);
  for (size_t i = 0; i < bias.size; i++) bias.data[i] = (int)i < p->oc ? p->bias[i] : 0;
  return bias;
}

static double sum_at(const Conv3x3 *p, int n, int oc, int oy, int ox) {
  double sum = p->bias[oc];
  for (int ic = 0; ic < p->ic; ic++)
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) {
        int y = oy - p->pad_top + i, x = ox - p->pad_left + j;
        if (y < 0 || x < 0 || y >= p->ih || x >= p->iw) continue;
        float value = image_get(&p->x, n, ic, y, x);
        if (!isnan(value)) sum += (double)value * p->weights[((size_t)oc * p->ic + ic) * 9 + i * 3 + j];
      }
  return p->has_residual ? sum + image_get(&p->residual, n, oc, oy, ox) : sum;
}

double *conv3x3_expected(const Conv3x3 *p) {
  double *expected = malloc((size_t)p->n * p->oc * p->oh * p->ow * sizeof *expected), *next = expected;
  for (int n = 0; n < p->n; n++)
    for (int oc = 0; oc < p->oc; oc++)
      for (int y = 0; y < p->oh; y++)
        for (int x = 0; x < p->ow; x++) *next++ = fmin(fmax(sum_at(p, n, oc, y, x), p->lo), p->hi);
  return expected;
}
