#include <stdlib.h>

#include "activation.h"
#include "image.h"
#include "random.h"
#include "suite.h"

/* A vector of one float a channel, zero in the padded lanes. */
static Buffer channel_vector(const Image *x) {
  Buffer vector = buffer_new((size_t)(image_blocks(x) * x->block));
  for (size_t i = 0; i < vector.size; i++) vector.data[i] = i < (size_t)x->c ? random_between(-2, 2) : 0.0f;
  return vector;
}

static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  int n = case_int(c, "n"), channels = case_int(c, "c"), h = case_int(c, "h"), w = case_int(c, "w");
  bool in_place = case_int(c, "in_place");
  const Activation *activation = activation_of(c);
  Image x = image_random(n, channels, h, w, block, -1, 1), y = image_new(n, channels, h, w, block);
  Buffer scale = channel_vector(&x), shift = channel_vector(&x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&x) * sizeof *expected), *next = expected;
  EACH_ELEMENT(x, in, ic, ih, iw) {
    double v = (double)image_get(&x, in, ic, ih, iw) * scale.data[ic] + shift.data[ic];
    *next++ = activation_apply(activation, v);
  }

  Launch launch = gpu ? launch_new("batch_norm_gpu", prelude("#define GROUP %d\n%s", GROUP, activation->define))
                      : launch_new("batch_norm", prelude("#define C %d\n%s", block, activation->define));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, in_place ? &x : &y);
  launch_reads(&launch, &scale);
  launch_reads(&launch, &shift);
  launch_int(&launch, channels);
  launch_int(&launch, h * w);
  launch_float(&launch, activation->lo);
  launch_float(&launch, activation->hi);
  bool ran = gpu ? launch_run_items(&launch, (size_t)(image_blocks(&x) * h * w), 1, (size_t)n)
                 : launch_run(&launch, (size_t)image_blocks(&x), image_runs(&x), (size_t)n);
  bool passed = ran && image_matches(in_place ? &x : &y, expected, 1e-6);
  free(expected);
  buffer_free(&scale);
  buffer_free(&shift);
  image_free(&x);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("batch_norm", both); }
