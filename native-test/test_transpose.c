#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { RANK = 6 };

/* y's axis 0 in front, then axes of extent 1, then the others: where axis `axis` of `rank` goes among six. */
static int slot(int axis, int rank) { return axis == 0 ? 0 : RANK - rank + axis; }

typedef struct {
  Image x, y;
  int extents[RANK], strides[RANK], start, first_item, outer;
} Copy;

static void pass_places(Launch *launch, const Copy *copy) {
  launch_int(launch, copy->start);
  launch_int(launch, copy->first_item);
}

static void pass_extents(Launch *launch, const Copy *copy) {
  for (int i = 1; i < RANK; i++) launch_int(launch, copy->extents[i]);
  pass_places(launch, copy);
  launch_int(launch, copy->outer);
  for (int i = 0; i < RANK; i++) launch_int(launch, copy->strides[i]);
}

static Launch launch(const char *kernel, Copy *copy) {
  Launch launch = launch_new(kernel, prelude("#define GROUP %d\n", GROUP));
  launch_reads_image(&launch, &copy->x);
  launch_writes_image(&launch, &copy->y);
  return launch;
}

static bool on_cpus(Copy *copy) {
  Launch l = launch("transpose", copy);
  int rows = 3, all_rows = copy->y.w / copy->extents[RANK - 1];
  launch_int(&l, rows);
  pass_extents(&l, copy);
  return launch_run(&l, (size_t)((all_rows + rows - 1) / rows), 1, (size_t)copy->y.n);
}

static bool on_gpus(Copy *copy) {
  Launch l = launch("transpose_gpu", copy);
  launch_int(&l, (int)image_count(&copy->y));
  pass_extents(&l, copy);
  return launch_run_items(&l, (image_count(&copy->y) + 3) / 4, 1, 1);
}

static int tiles(int extent) { return (extent + 31) / 32; }

/* Four values of the axes that are neither of a tile's two. */
static void pass_others(Launch *launch, const int values[RANK], int across) {
  for (int i = 0; i < RANK - 1; i++)
    if (i != across) launch_int(launch, values[i]);
}

/* Which of a tile kernel's axes this one is. */
static int among(int axis, int across) {
  return axis == RANK - 1 || axis == across ? 4 : axis > across ? axis - 1 : axis;
}

/* Where x has another densest axis than y. */
static bool by_tiles(Copy *copy) {
  int across = 0, last = RANK - 1, y_strides[RANK] = {1, 0, 0, 0, 0, 1};
  for (int i = last - 1; i > 0; i--) y_strides[i] = y_strides[i + 1] * copy->extents[i + 1];
  while (across < last && (copy->strides[across] != 1 || copy->extents[across] == 1 || across == copy->outer)) across++;
  if (across == last) return on_gpus(copy);
  Launch l = launch("transpose_tile", copy);
  int pair[] = {copy->extents[across], y_strides[across], copy->extents[last], copy->strides[last]};
  for (int i = 0; i < 4; i++) launch_int(&l, pair[i]);
  pass_others(&l, copy->extents, across);
  pass_others(&l, copy->strides, across);
  pass_others(&l, y_strides, across);
  pass_places(&l, copy);
  launch_int(&l, among(copy->outer, across));
  launch_int(&l, among(0, across));
  int others = (int)image_count(&copy->y) / pair[0] / pair[2];
  launch_group(&l, (size_t)GROUP, 1, 1);
  return launch_run(&l, (size_t)(tiles(pair[0]) * tiles(pair[2]) * others), 1, 1);
}

/* x[shape], of which each axis gives count elements from first on, step apart, in the order of axes `order`. */
static bool test(const Case *c, int block) {
  (void)block;
  int shape[RANK], order[RANK], first[RANK], step[RANK], count[RANK];
  int rank = case_list(c, "shape", shape, RANK);
  case_list(c, "order", order, RANK);
  case_list(c, "first", first, RANK);
  case_list(c, "step", step, RANK);
  case_list(c, "count", count, RANK);

  int stride_of[RANK] = {1}, item = 1, y_item = 1, start = 0;
  for (int i = rank - 1; i > 0; item *= shape[i--]) stride_of[i] = item;
  Copy copy = {.extents = {1, 1, 1, 1, 1, 1}, .first_item = first[0]};
  int *extents = copy.extents, *strides = copy.strides;
  for (int i = 0; i < rank; i++) {
    extents[slot(i, rank)] = count[order[i]];
    strides[slot(i, rank)] = stride_of[order[i]] * step[order[i]];
    if (order[i] == 0) copy.outer = slot(i, rank);
    if (i > 0) start += first[i] * stride_of[i], y_item *= count[order[i]];
  }
  copy.start = start;
  copy.x = image_random(shape[0], 1, 1, item, 0, -1, 1);
  if (case_int(c, "nan")) image_add_nan(&copy.x);
  copy.y = image_new(extents[0], 1, 1, y_item, 0);

  double *expected = malloc(image_count(&copy.y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(copy.y, in, ic, ih, iw) {
    int place[RANK], left = in * y_item + iw, at = start, n = first[0];
    for (int i = RANK - 1; i >= 0; left /= extents[i--]) place[i] = left % extents[i];
    for (int i = 0; i < RANK; i++) *(i == copy.outer ? &n : &at) += place[i] * strides[i];
    *next++ = image_get(&copy.x, n, ic, ih, at);
  }

  static bool (*const kernels[])(Copy *) = {on_cpus, on_gpus, by_tiles};
  bool passed = true;
  for (int k = 0; passed && k < 3; k++) {
    image_free(&copy.y);
    copy.y = image_new(extents[0], 1, 1, y_item, 0);
    passed = kernels[k](&copy) && image_matches(&copy.y, expected, 0);
  }
  free(expected);
  image_free(&copy.x);
  image_free(&copy.y);
  return passed;
}

int main(void) { return suite_plain("transpose", test); }
