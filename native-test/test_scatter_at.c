#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "indices.h"
#include "joins.h"
#include "suite.h"

/* Lines of x [outer][elements][inner] along the middle axis, whose updates fill only some of them; or slices of x by
   pairs of its first two coordinates. */
static bool test(const Case *c, bool gpu) {
  int outer = case_int(c, "outer"), elements = case_int(c, "elements"), inner = case_int(c, "inner");
  int tuples = case_int(c, "tuples"), uo = case_int(c, "met_outer"), ui = case_int(c, "met_inner");
  int length = case_int(c, "tuple"), join = join_of(c);
  bool pairs = length == 2;
  Image x = image_random(outer, 1, 1, elements * inner, 0, -1, 1), y = image_new(outer, 1, 1, elements * inner, 0);
  Image updates =
      pairs ? image_random(tuples, 1, 1, inner, 0, 0.5f, 1.5f) : image_random(uo, 1, 1, tuples * ui, 0, 0.5f, 1.5f);
  if (case_int(c, "nan")) image_add_nan(&updates);
  int extents[] = {outer, elements};
  Indices indices = indices_random(pairs ? tuples : uo * tuples * ui, length, case_int(c, "bits"),
      pairs ? extents : extents + 1, case_int(c, "outside"));

  double *expected = malloc(image_count(&x) * sizeof *expected);
  for (int i = 0; i < (int)image_count(&x); i++) expected[i] = image_get(&x, i / x.w, 0, 0, i % x.w);
  for (int i = 0; i < (int)image_count(&updates); i++) {
    int own = i % (pairs ? inner : ui), at[2] = {i / updates.w, 0};
    if (!indices_named(&indices, pairs ? i / inner : i, pairs ? at : at + 1)) continue;
    double *to = expected + (at[0] * elements + at[1]) * inner + own;
    *to = joined(join, *to, image_get(&updates, i / updates.w, 0, 0, i % updates.w));
  }
  int line[] = {2, 1, elements, inner, tuples, ui, ui, 1, /* */
      inner, 1, 1, 1, ui, outer, elements * inner, tuples * ui, tuples * ui, uo, /* */ elements, 1};
  int slice[] = {0, 2, outer * elements, inner, tuples, 2, inner, inner, /* */ outer, elements, elements, 1};
  int narrow[] = {1, 2, outer * elements, inner, tuples, 2, inner, 1, /* */
      inner, 1, 0, 1, inner, /* */ outer, elements, elements, 1};
  Buffer walk = !pairs ? integers(line, sizeof line / sizeof *line)
                : gpu  ? integers(narrow, sizeof narrow / sizeof *narrow)
                       : integers(slice, sizeof slice / sizeof *slice);
  int whole = pairs ? outer * elements : elements, part = whole > 3 ? whole / 2 - 1 : 1;
  int groups = !pairs ? outer * inner : gpu ? inner : 1, parts = (whole + part - 1) / part, run = 3;
  Buffer lost = buffer_new(image_count(&x));

  Launch launch = launch_new(gpu ? "scatter_at_gpu" : "scatter_at",
      prelude("#define GROUP %d\n#define SUM %d\n#define JOIN(so, v) %s\n#define INDEX %s\n", GROUP, join_sums(join),
          join_expression(join), indices_type(&indices)));
  launch_reads_image(&launch, &x);
  launch_reads_indices(&launch, &indices);
  launch_reads_image(&launch, &updates);
  launch_reads(&launch, &walk);
  launch_writes_image(&launch, &y);
  launch_writes(&launch, &lost);
  launch_long(&launch, 0);
  launch_long(&launch, 0);
  launch_writes_outside(&launch, &indices);
  int scalars[] = {x.w, length, updates.w, groups, parts, part};
  for (int i = 0; i < 6; i++) launch_int(&launch, scalars[i]);
  if (!gpu) launch_int(&launch, run);
  int items = groups * parts;
  bool passed = (gpu ? launch_run_items(&launch, (size_t)items, 1, 1)
                     : launch_run(&launch, (size_t)((items + run - 1) / run), 1, 1)) &&
                image_matches(&y, expected, 1e-6) && indices_told(&indices, &launch);
  free(expected);
  buffer_free(&walk);
  buffer_free(&lost);
  indices_free(&indices);
  image_free(&x);
  image_free(&y);
  image_free(&updates);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("scatter_at", both); }
