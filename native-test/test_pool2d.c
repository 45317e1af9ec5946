#include <math.h>
#include <stdlib.h>

#include "image.h"
#include "suite.h"

typedef struct {
  int kernel, stride, dilation, before, after, in, out;
} Axis;

/* The output extent of ONNX and PyTorch: a window that a rounded-up extent adds must begin inside the image or
   the padding before it. */
static int extent(const Axis *axis, bool round_up) {
  int span = axis->in + axis->before + axis->after - axis->dilation * (axis->kernel - 1) - 1;
  int out = (span + (round_up ? axis->stride - 1 : 0)) / axis->stride + 1;
  return round_up && (out - 1) * axis->stride >= axis->in + axis->before ? out - 1 : out;
}

static Axis axis_of(const Case *c, const char *size, const char *columns[5]) {
  Axis axis = {case_int(c, columns[0]), case_int(c, columns[1]), case_int(c, columns[2]), case_int(c, columns[3]),
      case_int(c, columns[4]), case_int(c, size), 0};
  axis.out = extent(&axis, case_int(c, "ceil"));
  return axis;
}

static double reduce(
    const Image *x, int n, int c, int top, int left, const Axis *v, const Axis *h, bool maximum, bool include_pad) {
  double sum = 0, largest = -INFINITY;
  int count = 0;
  for (int i = 0; i < v->kernel; i++)
    for (int j = 0; j < h->kernel; j++) {
      int y = top + i * v->dilation, z = left + j * h->dilation;
      bool inside = y >= 0 && y < v->in && z >= 0 && z < h->in;
      bool padded = y < v->in + v->after && z < h->in + h->after;
      count += inside || (include_pad && padded);
      if (!inside) continue;
      double value = image_get(x, n, c, y, z);
      sum += value;
      if (!isnan(largest) && !(value <= largest)) largest = value;
    }
  return maximum ? largest : sum / count;
}

static bool test(const Case *c, int block) {
  int n = case_int(c, "n"), channels = case_int(c, "c");
  bool maximum = case_is(c, "kind", "max"), include_pad = case_int(c, "include_pad");
  Axis v = axis_of(c, "h", (const char *[]){"kh", "sh", "dh", "top", "bottom"});
  Axis h = axis_of(c, "w", (const char *[]){"kw", "sw", "dw", "left", "right"});
  Image x = image_random(n, channels, v.in, h.in, block, -3, 1), y = image_new(n, channels, v.out, h.out, block);
  if (case_is_page(c)) image_make_page(&x);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw)
    *next++ = reduce(&x, in, ic, ih * v.stride - v.before, iw * h.stride - h.before, &v, &h, maximum, include_pad);

  int rows = v.out > 8 ? 8 : 1;
  int scalars[] = {channels, v.in, h.in, v.out, h.out, rows, v.kernel, h.kernel, v.stride, h.stride, v.dilation,
      h.dilation, v.before, h.before, v.after, h.after, include_pad};
  Launch launch = launch_new("pool2d", prelude("#define C %d\n#define POOL_MAX %d\n", block, maximum));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  size_t bands = (size_t)((v.out + rows - 1) / rows);
  bool passed = launch_run(&launch, bands, (size_t)image_blocks(&x), (size_t)n) && image_matches(&y, expected, 1e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("pool2d", test); }
