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

static bool test(const Case *c, int block) {
  Problem p = problem_of(c, block);
  Image x = image_random(case_int(c, "n"), case_int(c, "ic"), case_int(c, "h"), case_int(c, "w"), block, -1, 1);
  Image y = image_new(x.n, p.oc, extent(x.h, p.kh, p.sh, p.dh, p.top + case_int(c, "bottom")),
      extent(x.w, p.kw, p.sw, p.dw, p.left + case_int(c, "right")), block);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) *next++ = define(&p, &x, in, ic, ih, iw);

  Launch launch = launch_new("conv_transpose", prelude("#define C %d\n", block));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_reads(&launch, &p.weights);
  launch_reads(&launch, &p.bias);
  int scalars[] = {p.oc, p.inner, p.outer, x.h, x.w, y.h, y.w, p.kh, p.kw, p.sh, p.sw, p.dh, p.dw, p.top, p.left};
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  bool passed =
      launch_run(&launch, (size_t)y.h, (size_t)image_blocks(&y), (size_t)y.n) && image_matches(&y, expected, 5e-6);
  free(expected);
  buffer_free(&p.weights);
  buffer_free(&p.bias);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("conv_transpose", test); }
