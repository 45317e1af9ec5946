#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "suite.h"

enum { RANK = 6, SUM = RANK };

/* A PLAIN operand with its strides along y's six axes and along the sum. */
typedef struct {
  int rank, axes[RANK];
  int strides[RANK + 1];
  int outer; /* which of these is its batch, -1 for none */
} Operand;

static Operand operand_of(const Case *c, const char *column) {
  Operand o = {.outer = -1};
  o.rank = case_list(c, column, o.axes, RANK);
  return o;
}

static Image image_of(const Operand *o) {
  int item = 1;
  for (int i = 1; i < o->rank; i++) item *= o->axes[i];
  bool batched = o->rank > 1;
  return image_random(batched ? o->axes[0] : 1, 1, 1, batched ? item : o->axes[0], 0, -1, 1);
}

/* Sets what lies along one of the operand's own axes: an axis of y, among six, or the sum. */
static void lay(Operand *o, int own, int axis, int extents[RANK]) {
  int step = 1;
  for (int i = o->rank - 1; i > own; i--) step *= o->axes[i];
  bool alone = o->axes[own] == 1 && axis != SUM;
  o->strides[axis] = alone ? 0 : step;
  if (own == 0 && o->rank > 1 && !alone) o->outer = axis;
  if (axis != SUM && !alone) extents[axis] = o->axes[own];
}

/* Where y's axis number `from_end` (1 is the last) goes among six: its first in front, the others at the end. */
static int slot(int from_end, int rank) { return from_end == rank ? 0 : RANK - from_end; }

static void align(Operand *a, Operand *b, int rank, int extents[RANK]) {
  lay(a, a->rank - 1, SUM, extents);
  if (a->rank > 1) lay(a, a->rank - 2, slot(2, rank), extents);
  for (int i = a->rank - 3; i >= 0; i--) lay(a, i, slot(a->rank - i, rank), extents);
  lay(b, b->rank > 1 ? b->rank - 2 : 0, SUM, extents);
  if (b->rank > 1) lay(b, b->rank - 1, slot(1, rank), extents);
  for (int i = b->rank - 3; i >= 0; i--) lay(b, i, slot(b->rank - i, rank), extents);
}

static double element(const Operand *o, const Image *image, const int place[RANK + 1]) {
  int at = 0, item = 0;
  for (int i = 0; i <= SUM; i++) *(i == o->outer ? &item : &at) += place[i] * (i == o->outer ? 1 : o->strides[i]);
  return image_get(image, item, 0, 0, at);
}

static void pass_operand(Launch *launch, const Operand *o) {
  launch_int(launch, o->outer);
  for (int i = 0; i <= SUM; i++) launch_int(launch, o->strides[i]);
}

typedef struct {
  Operand a, b;
  Image x, w, y;
  int extents[RANK], depth;
} Product;

static void pass_views(Launch *launch, Product *p) {
  launch_reads_image(launch, &p->x);
  launch_reads_image(launch, &p->w);
  launch_writes_image(launch, &p->y);
}

static void pass_axes(Launch *launch, const Product *p) {
  for (int i = 1; i < RANK; i++) launch_int(launch, p->extents[i]);
  launch_int(launch, p->depth);
  pass_operand(launch, &p->a);
  pass_operand(launch, &p->b);
}

static int divide_up(int a, int b) { return (a + b - 1) / b; }

static bool on_cpus(Product *p, int block) {
  const int rows = 13, all_rows = p->y.w / p->extents[RANK - 1];
  Launch launch = launch_new("matmul", prelude("#define C %d\n", block));
  pass_views(&launch, p);
  launch_int(&launch, rows);
  pass_axes(&launch, p);
  return launch_run(&launch, (size_t)divide_up(all_rows, rows), 1, (size_t)p->y.n);
}

/* Tiles of 32 x 32; sums of more than two slabs of 16 join totals. */
static bool on_gpus(Product *p) {
  const int tile = 32, rows = p->extents[RANK - 2], columns = p->extents[RANK - 1];
  Launch launch = launch_new("matmul_gpu",
      "#define TILE_M 32\n#define TILE_N 32\n#define TILE_K 16\n#define LANE_M 4\n#define LANE_N 4\n"
      "#define RUN_SLABS 2\n");
  pass_views(&launch, p);
  pass_axes(&launch, p);
  launch_group(&launch, 64, 1, 1);
  return launch_run(&launch, (size_t)(divide_up(rows, tile) * divide_up(columns, tile)),
      (size_t)(p->y.w / rows / columns), (size_t)p->y.n);
}

static bool test(const Case *c, int block, bool gpu) {
  if (gpu && block != 4) return true;
  Operand p = operand_of(c, "a"), q = operand_of(c, "b");
  int most = p.rank > q.rank ? p.rank : q.rank, rank = most > 2 ? most : 2;
  int extents[RANK] = {1, 1, 1, 1, 1, 1}, depth = p.axes[p.rank - 1], size = 1;
  align(&p, &q, rank, extents);
  for (int i = 1; i < RANK; i++) size *= extents[i];
  Image a = image_of(&p), b = image_of(&q), y = image_new(extents[0], 1, 1, size, 0);
  if (case_int(c, "nan")) image_add_nan(&b);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  double largest = 0, magnitude = 0; /* of the sums, and of their terms' magnitudes: what rounding goes by */
  EACH_ELEMENT(y, in, ic, ih, iw) {
    int place[RANK + 1] = {in}, left = iw + ic + ih;
    for (int i = RANK - 1; i > 0; left /= extents[i--]) place[i] = left % extents[i];
    double sum = 0, terms = 0;
    for (place[SUM] = 0; place[SUM] < depth; place[SUM]++) {
      const double term = element(&p, &a, place) * element(&q, &b, place);
      sum += term;
      terms += fabs(term);
    }
    *next++ = sum;
    largest = fmax(largest, fabs(sum));
    magnitude = fmax(magnitude, terms);
  }

  Product product = {.a = p, .b = q, .x = a, .w = b, .y = y, .depth = depth};
  memcpy(product.extents, extents, sizeof extents);
  bool passed = (gpu ? on_gpus(&product) : on_cpus(&product, block)) &&
                image_matches(&product.y, expected, 1e-6 * magnitude / largest);
  free(expected);
  image_free(&a);
  image_free(&b);
  image_free(&y);
  return passed;
}

static bool both(const Case *c, int block) { return test(c, block, false) && test(c, block, true); }

int main(void) { return suite_blocked("matmul", both); }
