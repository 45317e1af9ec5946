#include <stdlib.h>

#include "image.h"
#include "suite.h"

enum { CONSTANT, REFLECT, EDGE };

/* An axis cropped by its negative pads to [first, first + length) and then padded. */
typedef struct {
  int first, length, before, out;
} Axis;

static Axis axis_of(int size, int begin, int end) {
  Axis axis = {begin < 0 ? -begin : 0, size + (begin < 0 ? begin : 0) + (end < 0 ? end : 0), begin > 0 ? begin : 0, size + begin + end};
  return axis;
}

/* The index in x that output index i shows, or -1; steps in from outside one bounce at a time. */
static int source(const Axis *axis, int i, int mode) {
  int j = i - axis->before, last = axis->length - 1;
  if (mode == CONSTANT && (j < 0 || j > last)) return -1;
  if (mode == EDGE || last == 0) j = j < 0 ? 0 : j > last ? last : j;
  while (j < 0 || j > last) j = j < 0 ? -j : 2 * last - j;
  return axis->first + j;
}

static int mode_of(const Case *c) {
  return case_is(c, "mode", "constant") ? CONSTANT : case_is(c, "mode", "reflect") ? REFLECT : EDGE;
}

static bool test(const Case *c, int block) {
  int n = case_int(c, "n"), h = case_int(c, "h"), w = case_int(c, "w"), mode = mode_of(c);
  float value = case_float(c, "value");
  Axis channels = axis_of(case_int(c, "c"), case_int(c, "c_begin"), case_int(c, "c_end"));
  Axis rows = axis_of(h, case_int(c, "top"), case_int(c, "bottom"));
  Axis columns = axis_of(w, case_int(c, "left"), case_int(c, "right"));
  Image x = image_random(n, case_int(c, "c"), h, w, block, -1, 1), y = image_new(n, channels.out, rows.out, columns.out, block);
  if (case_int(c, "nan")) image_add_nan(&x);

  double *expected = malloc(image_count(&y) * sizeof *expected), *next = expected;
  EACH_ELEMENT(y, in, ic, ih, iw) {
    int sc = source(&channels, ic, mode), sh = source(&rows, ih, mode), sw = source(&columns, iw, mode);
    *next++ = sc < 0 || sh < 0 || sw < 0 ? value : image_get(&x, in, sc, sh, sw);
  }

  Launch launch = launch_new("pad", prelude("#define C %d\n", block));
  launch_reads_image(&launch, &x);
  launch_writes_image(&launch, &y);
  int extents[] = {channels.out, h, w, rows.out, columns.out, mode};
  for (int i = 0; i < 6; i++) launch_int(&launch, extents[i]);
  launch_float(&launch, value);
  int places[] = {channels.first, channels.length, channels.before, rows.first, rows.length, rows.before, columns.first, columns.length, columns.before};
  for (int i = 0; i < 9; i++) launch_int(&launch, places[i]);
  bool passed = launch_run(&launch, (size_t)rows.out, (size_t)image_blocks(&y), (size_t)n) && image_matches(&y, expected, 0);
  free(expected);
  image_free(&x);
  image_free(&y);
  return passed;
}

int main(void) { return suite_blocked("pad", test); }
