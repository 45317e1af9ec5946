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

/* outputs: those of a work-item of the twin for GPUs; 0 = for CPU devices. */
static bool test(const Case *c, int block, int outputs) {
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

  bool many = !maximum && v.kernel * h.kernel > 64;
  if (outputs > 1 && (many || v.dilation > 1)) outputs = 1;
  int rows = v.out > 8 ? 8 : 1;
  int scalars[] = {v.kernel, h.kernel, v.stride, h.stride, v.dilation, h.dilation, v.before, h.before, v.after, h.after,
      include_pad};
  Launch launch = launch_new(outputs ? "pool2d_gpu" : "pool2d",
      prelude("#define C %d\n#define POOL_MAX %d\n#define GROUP %d\n#define OUTPUTS %d\n#define LONG %d\n", block,
          maximum, GROUP, outputs, many));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  launch_int(&launch, channels);
  launch_int(&launch, v.in);
  launch_int(&launch, h.in);
  launch_int(&launch, v.out);
  launch_int(&launch, h.out);
  if (!outputs) launch_int(&launch, rows);
  for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) launch_int(&launch, scalars[i]);
  size_t bands = (size_t)((v.out + rows - 1) / rows);
  size_t blocks = (size_t)image_blocks(&x);
  bool kept = outputs
                  ? launch_run_items(&launch, blocks * (size_t)((v.out + outputs - 1) / outputs * h.out), 1, (size_t)n)
                  : launch_run(&launch, bands, blocks, (size_t)n);
  bool passed = kept && image_matches(&y, expected, 1e-6);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs, one output and four of them a work-item. */
static bool all(const Case *c, int block) {
  return test(c, block, 0) && (block != 4 || (test(c, block, 1) && test(c, block, 4)));
}

int main(void) { return suite_blocked("pool2d", all); }
