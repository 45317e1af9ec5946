#include <stdlib.h>

#include "activation.h"
#include "image.h"
#include "suite.h"

typedef struct {
  const Activation *activation;
  Image x, y, *to; /* to: x or y */
  int channels, pixels;
  double *expected;
} Problem;

static Launch launch(const char *kernel, const char *defines, Problem *p, int first, int second) {
  Launch launch = launch_new(kernel, defines);
  launch_reads_image(&launch, &p->x);
  launch_writes_image(&launch, p->to);
  launch_int(&launch, first);
  launch_int(&launch, second);
  launch_float(&launch, p->activation->lo);
  launch_float(&launch, p->activation->hi);
  return launch;
}

/* At block b: blocked cases in blocks of b channels, PLAIN ones in vectors of b. */
static bool on_cpus(Problem *p, int block) {
  Launch l = launch("unary", prelude("#define C %d\n%s", block, p->activation->define), p, p->channels, p->pixels);
  int run = p->channels ? 256 : 256 * block;
  size_t blocks = p->channels ? (size_t)image_blocks(&p->x) : 1;
  return launch_run(&l, blocks, (size_t)((p->pixels + run - 1) / run), (size_t)p->x.n) &&
         image_matches(p->to, p->expected, 1e-6);
}

static bool on_gpus(Problem *p) {
  const char *defines = prelude("#define GROUP %d\n%s", GROUP, p->activation->define);
  int all = p->x.n * p->pixels;
  bool kept;
  if (p->channels) {
    Launch l = launch("unary_gpu", defines, p, p->channels, p->pixels);
    kept = launch_run_items(&l, (size_t)(image_blocks(&p->x) * p->pixels), 1, (size_t)p->x.n);
  } else {
    Launch l = launch("unary_plain_gpu", defines, p, all, p->pixels);
    kept = launch_run_items(&l, (size_t)(all + 3) / 4, 1, 1);
  }
  return kept && image_matches(p->to, p->expected, 1e-6);
}

static bool test(const Case *c, int block, bool gpu) {
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  bool plain = case_is(c, "layout", "plain");
  if (gpu && block != 4) return true;
  Problem p = {.activation = activation_of(c),
      .x = image_random(n, channels, h, w, plain ? 0 : block, -8, 8),
      .y = image_new(n, channels, h, w, plain ? 0 : block),
      .channels = plain ? 0 : channels,
      .pixels = plain ? channels * h * w : h * w};
  p.to = case_int(c, "in_place") ? &p.x : &p.y;
  if (case_int(c, "nan")) image_add_nan(&p.x);
  double *next = p.expected = malloc(image_count(&p.x) * sizeof *p.expected);
  EACH_ELEMENT(p.x, in, ic, ih, iw) *next++ = activation_apply(p.activation, image_get(&p.x, in, ic, ih, iw));
  bool passed = gpu ? on_gpus(&p) : on_cpus(&p, block);
  free(p.expected);
  image_free(&p.x);
  image_free(&p.y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("unary", both); }
