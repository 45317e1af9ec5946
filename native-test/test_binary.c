#include <stdlib.h>

#include "activation.h"
#include "image.h"
#include "operation.h"
#include "suite.h"

enum { RANK = 6 };

/* A PLAIN value: its own axes, and those aligned with y's: y's axis 0 in front, then 1s, then the others. */
typedef struct {
  int rank, axes[RANK];
  int extents[RANK], strides[RANK];
  int outer; /* which aligned axis is its batch, -1 where that is broadcast */
} Operand;

static Operand operand_of(const Case *c, const char *column) {
  Operand o = {.outer = -1, .extents = {1, 1, 1, 1, 1, 1}};
  o.rank = case_list(c, column, o.axes, RANK);
  return o;
}

static int item_size(const Operand *o) {
  int size = 1;
  for (int i = 1; i < o->rank; i++) size *= o->axes[i];
  return size;
}

/* A value of one axis has no batch. */
static Image image_of(const Operand *o, float low, float high) {
  bool batched = o->rank > 1;
  return image_random(batched ? o->axes[0] : 1, 1, 1, batched ? item_size(o) : o->axes[0], 0, low, high);
}

static void align(Operand *o, int y_rank) {
  for (int i = o->rank - 1, step = 1; i >= 0; step *= o->axes[i--]) {
    int axis = y_rank - o->rank + i, slot = axis == 0 && y_rank > 1 ? 0 : RANK - y_rank + axis;
    o->extents[slot] = o->axes[i];
    o->strides[slot] = o->axes[i] == 1 ? 0 : step;
    if (i == 0 && o->rank > 1 && o->axes[0] > 1) o->outer = slot;
  }
}

/* The operand's element under y's element (n, i). */
static float element(const Operand *o, const Image *image, const int extents[RANK], int n, int i) {
  int at = 0, item = 0;
  for (int axis = RANK - 1; axis >= 0; i /= extents[axis--]) {
    int place = axis == 0 ? n : i % extents[axis];
    if (axis == o->outer) item = place;
    else at += place * o->strides[axis];
  }
  return image_get(image, item, 0, 0, at);
}

/* Along its batch the stride of an operand counts items on GPUs. */
static void pass_operand(Launch *launch, const Operand *o, bool gpu) {
  launch_int(launch, o->outer);
  for (int i = 0; i < RANK; i++) launch_int(launch, gpu && i == o->outer ? 1 : o->strides[i]);
}

static bool test(const Case *c, int block, bool gpu) {
  Operand p = operand_of(c, "a"), q = operand_of(c, "b");
  int y_rank = p.rank > q.rank ? p.rank : q.rank, extents[RANK], size = 1;
  align(&p, y_rank);
  align(&q, y_rank);
  for (int i = 0; i < RANK; i++) extents[i] = p.extents[i] > 1 ? p.extents[i] : q.extents[i];
  for (int i = 1; i < RANK; i++) size *= extents[i];
  bool in_place = case_int(c, "in_place");
  const Activation *activation = activation_of(c);
  Image a = image_of(&p, -2, 2), b = image_of(&q, 1, 2), y = image_new(extents[0], 1, 1, size, 0);
  if (case_int(c, "nan")) image_add_nan(&b);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    double v = operation_apply(c, element(&p, &a, extents, in, iw), element(&q, &b, extents, in, iw + ic + ih));
    *next++ = activation_apply(activation, v);
  }

  int rows = 3, all_rows = size / extents[RANK - 1];
  Launch launch = launch_new(gpu ? "binary_gpu" : "binary",
      prelude("#define C %d\n#define GROUP %d\n%s%s", block, GROUP, operation_define(c), activation->define));
  launch_reads_image(&launch, &a);
  launch_reads_image(&launch, &b);
  launch_writes_image(&launch, in_place ? &a : &y);
  launch_float(&launch, activation->lo);
  launch_float(&launch, activation->hi);
  launch_int(&launch, gpu ? y.n * size : rows);
  for (int i = 1; i < RANK; i++) launch_int(&launch, extents[i]);
  pass_operand(&launch, &p, gpu);
  pass_operand(&launch, &q, gpu);
  bool kept = gpu ? launch_run_items(&launch, (image_count(&y) + 3) / 4, 1, 1)
                  : launch_run(&launch, (size_t)((all_rows + rows - 1) / rows), 1, (size_t)y.n);
  bool passed = kept && image_matches(in_place ? &a : &y, expected, 1e-6);
  free(expected);
  image_free(&a);
  image_free(&b);
  image_free(&y);
  return passed;
}

/* At block 4 also by the twin for GPUs. */
static bool both(const Case *c, int block) { return test(c, block, false) && (block != 4 || test(c, block, true)); }

int main(void) { return suite_blocked("binary", both); }
