#include <stdio.h>
#include <stdlib.h>

#include "image.h"
#include "random.h"
#include "suite.h"

typedef struct {
  int oc, inner, outer, kh, kw, sh, sw, dh, dw, top, left;
  Buffer weights, bias; /* weights [oc/block][kh][kw][inner][block] */
} Problem;

static Problem problem_of(const Case *c, int block) {
  int groups = case_int(c, "groups"), oc = case_int(c, "oc");
  Problem p = {oc, case_int(c, "ic") / groups, oc / groups, case_int(c, "kh"), case_int(c, "kw"), case_int(c, "sh"),
      case_int(c, "sw"), case_int(c, "dh"), case_int(c, "dw"), case_int(c, "top"), case_int(c, "left"), {0}, {0}};
  int lanes = (oc + block - 1) / block * block;
  p.weights = buffer_new((size_t)(lanes * p.kh * p.kw * p.inner));
  p.bias = buffer_new((size_t)lanes);
  for (size_t i = 0; i < p.weights.size; i++) p.weights.data[i] = random_between(-1, 1);
  for (int i = 0; i < lanes; i++) p.bias.data[i] = random_between(-1, 1);
  return p;
}

static double define(const Problem *p, const Image *x, int n, int o, int h, int w) {
  int block = x->block;
  double sum = p->bias.data[o];
  for (int r = 0; r < p->kh; r++)
    for (int c = 0; c < p->kw; c++) {
      int above = h + p->top - r * p->dh, before = w + p->left - c * p->dw;
      if (above < 0 || before < 0 || above % p->sh || before % p->sw) continue;
      if (above / p->sh >= x->h || before / p->sw >= x->w) continue;
      for (int i = 0; i < p->inner; i++) {
        int at = (((o / block * p->kh + r) * p->kw + c) * p->inner + i) * block + o % block;
        sum +=
            (double)p->weights.data[at] * image_get(x, n, o / p->outer * p->inner + i, above / p->sh, before / p->sw);
      }
    }
  return sum;
}

static int extent(int in, int kernel, int stride, int dilation, int cut) {
  return (in - 1) * stride + dilation * (kernel - 1) + 1 - cut;
}

static Image output_of(const Problem *p, const Case *c, const Image *x) {
  return image_new(x->n, p->oc, extent(x->h, p->kh, p->sh, p->dh, p->top + case_int(c, "bottom")),
      extent(x->w, p->kw, p->sw, p->dw, p->left + case_int(c, "right")), x->block);
}

static Launch launch(const char *kernel, const char *defines, Problem *p, Image *x, Image *y, Buffer *weights) {
  Launch launch = launch_new(kernel, defines);
  launch_reads_image(&launch, x);
  launch_writes_image(&launch, y);
  launch_reads(&launch, weights);
  launch_reads(&launch, &p->bias);
  int scalars[] = {
      p->oc, p->inner, p->outer, x->h, x->w, y->h, y->w, p->kh, p->kw, p->sh, p->sw, p->dh, p->dw, p->top, p->left};
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  return launch;
}

static bool on_cpus(Problem *p, Image *x, Image *y, const double *expected) {
  Launch l = launch("conv_transpose", prelude("#define C %d\n", x->block), p, x, y, &p->weights);
  return launch_run(&l, (size_t)y->h, (size_t)image_blocks(y), (size_t)y->n) && image_matches(y, expected, 5e-6);
}

/* [tiles][kh][kw][rows][width], from tiles of one block. */
static Buffer tile_weights(const Problem *p, int width, int rows) {
  int taps = p->kh * p->kw, tiles = (p->oc + width - 1) / width;
  Buffer weights = buffer_new((size_t)(tiles * width * taps * rows));
  float *next = weights.data;
  for (int tile = 0; tile < tiles; tile++)
    for (int tap = 0; tap < taps; tap++)
      for (int i = 0; i < rows; i++)
        for (int o = tile * width; o < tile * width + width; o++) {
          size_t at = (((size_t)(o / 4) * taps + tap) * p->inner + i) * 4 + o % 4;
          *next++ = i < p->inner && at < p->weights.size ? p->weights.data[at] : 0;
        }
  return weights;
}

static int strips(const Image *y, int stride, int pixels) {
  int phases = y->h < stride ? y->h : stride, outputs = (y->h + stride - 1) / stride;
  return phases * ((outputs + pixels - 1) / pixels) * y->w;
}

static bool on_gpus(Problem *p, Image *x, Image *y, int pixels, int blocks, bool gather, const double *expected) {
  int groups = p->oc / p->outer, tiles = (p->oc + 4 * blocks - 1) / (4 * blocks);
  bool whole = groups == 1 || (p->inner % 4 == 0 && p->outer % 4 == 0);
  if (gather == whole || (p->outer + 3) / 4 % blocks) return true;
  Buffer weights = tile_weights(p, 4 * blocks, gather ? p->inner : (p->inner + 3) / 4 * 4);
  const char *defines = prelude(
      "#define GROUP %d\n#define PIXELS %d\n#define BLOCKS %d\n#define GATHER %d\n", GROUP, pixels, blocks, gather);
  Launch l = launch("conv_transpose_gpu", defines, p, x, y, &weights);
  launch_int(&l, x->n);
  bool passed =
      launch_run_items(&l, (size_t)(x->n * tiles * strips(y, p->sh, pixels)), 1, 1) && image_matches(y, expected, 5e-6);
  if (!passed) printf("  %d pixels by %d blocks\n", pixels, blocks);
  buffer_free(&weights);
  return passed;
}

static bool test(const Case *c, int block) {
  Problem p = problem_of(c, block);
  Image x = image_random(case_int(c, "n"), case_int(c, "ic"), case_int(c, "h"), case_int(c, "w"), block, -1, 1);
  Image y[5];
  for (int i = 0; i < 5; i++) y[i] = output_of(&p, c, &x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(*y, in, ic, ih, iw) *next++ = define(&p, &x, in, ic, ih, iw);
  bool passed = on_cpus(&p, &x, y, expected);
  if (block == 4)
    passed &= on_gpus(&p, &x, y + 1, 4, 2, false, expected) & on_gpus(&p, &x, y + 2, 4, 1, false, expected) &
              on_gpus(&p, &x, y + 3, 1, 1, false, expected) & on_gpus(&p, &x, y + 4, 2, 1, true, expected);
  free(expected);
  buffer_free(&p.weights);
  buffer_free(&p.bias);
  image_free(&x);
  for (int i = 0; i < 5; i++) image_free(y + i);
  return passed;
}

int main(void) { return suite_blocked("conv_transpose", test); }
