#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "random.h"
#include "suite.h"

typedef struct {
  int rows, k, outputs, has_residual;
  float lo, hi;
  Image x, residual;
  float *weights, *bias; /* [k][outputs], [outputs] */
} Dense;

/* Weights and bias are multiples of 1/1024, which half-precision storage keeps exactly. */
static float *random_floats(size_t count, int scale) {
  float *values = malloc(count * sizeof *values);
  for (size_t i = 0; i < count; i++) values[i] = (float)(scale * (random_below(1023) - 511)) / 1024;
  return values;
}

static Dense dense_new(const Case *c) {
  Dense p = {
      .rows = case_int(c, "rows"),
      .k = case_int(c, "k"),
      .outputs = case_int(c, "outputs"),
      .has_residual = case_int(c, "residual"),
  };
  p.lo = case_is(c, "activation", "none") ? -INFINITY : case_is(c, "activation", "clip") ? 0.125f : 0;
  p.hi = case_is(c, "activation", "relu6") ? 6 : case_is(c, "activation", "clip") ? 0.75f : INFINITY;
  p.x = image_random(p.rows, p.k, 1, 1, 0, -1, 1);
  if (case_int(c, "nan")) image_set(&p.x, random_below(p.rows), random_below(p.k), 0, 0, NAN);
  p.residual = image_random(p.rows, p.outputs, 1, 1, 0, -1, 1);
  p.weights = random_floats((size_t)p.k * p.outputs, 1);
  p.bias = random_floats((size_t)p.outputs, case_int(c, "bias"));
  return p;
}

static void dense_free(Dense *p) {
  image_free(&p->x);
  image_free(&p->residual);
  free(p->weights);
  free(p->bias);
}

static double *dense_expected(const Dense *p) {
  double *expected = malloc((size_t)p->rows * p->outputs * sizeof *expected), *next = expected;
  for (int r = 0; r < p->rows; r++)
    for (int o = 0; o < p->outputs; o++) {
      double sum = p->bias[o];
      for (int k = 0; k < p->k; k++)
        sum += (double)image_get(&p->x, r, k, 0, 0) * p->weights[(size_t)k * p->outputs + o];
      if (p->has_residual) sum += image_get(&p->residual, r, o, 0, 0);
      *next++ = isnan(sum) ? NAN : fmin(fmax(sum, p->lo), p->hi);
    }
  return expected;
}

/* [panels][k][width], zeros where there is no output; halves lie two in a float. */
static Buffer packed_weights(const Dense *p, int width, bool half) {
  size_t panels = (size_t)(p->outputs + width - 1) / width, count = panels * p->k * width;
  Buffer packed = buffer_new(half ? count / 2 : count);
  for (size_t i = 0; i < count; i++) {
    size_t o = i / ((size_t)p->k * width) * width + i % width, k = i / width % p->k;
    float value = (int)o < p->outputs ? p->weights[k * p->outputs + o] : 0;
    if (half) ((_Float16 *)packed.data)[i] = (_Float16)value;
    else packed.data[i] = value;
  }
  return packed;
}

static void pass_epilogue(Launch *launch, Dense *p, Buffer *bias) {
  launch_reads(launch, bias);
  launch_reads_image(launch, &p->residual);
  launch_int(launch, p->has_residual);
  launch_float(launch, p->lo);
  launch_float(launch, p->hi);
}

static bool reduce(Dense *p, int block, int width, Buffer *sums, int shares, Buffer *bias, Image *y) {
  char defines[64];
  snprintf(defines, sizeof defines, "#define C %d\n", block);
  Launch launch = launch_new("dense_reduce", defines);
  launch_reads(&launch, sums);
  launch_long(&launch, 0);
  launch_long(&launch, 0);
  launch_writes_image(&launch, y);
  pass_epilogue(&launch, p, bias);
  launch_int(&launch, shares);
  launch_int(&launch, (p->outputs + width - 1) / width * width);
  launch_int(&launch, p->outputs);
  return launch_run(&launch, (size_t)(p->outputs + block - 1) / block, (size_t)p->rows, 1);
}

static bool run(Dense *p, int block, int panel_blocks, int shares, bool half) {
  int width = panel_blocks * block, panels = (p->outputs + width - 1) / width;
  char defines[96];
  snprintf(defines, sizeof defines, "#define C %d\n#define DENSE_BLOCKS %d\n%s", block, panel_blocks,
      half ? "#define WEIGHTS_HALF\n" : "");
  Buffer weights = packed_weights(p, width, half), bias = buffer_new((size_t)panels * width);
  for (size_t i = 0; i < bias.size; i++) bias.data[i] = (int)i < p->outputs ? p->bias[i] : 0;
  Buffer scratch = buffer_new((size_t)shares * p->rows * panels * width);
  Image y = image_new(p->rows, p->outputs, 1, 1, 0);
  Launch launch = launch_new("dense", defines);
  launch_reads_image(&launch, &p->x);
  launch_writes_image(&launch, &y);
  launch_reads(&launch, &weights);
  pass_epilogue(&launch, p, &bias);
  launch_int(&launch, p->rows);
  launch_int(&launch, p->k);
  launch_int(&launch, p->outputs);
  launch_writes(&launch, &scratch);
  launch_long(&launch, 0);
  launch_long(&launch, 0);
  double *expected = dense_expected(p);
  bool passed = launch_run(&launch, (size_t)panels, (size_t)shares, 1);
  if (shares > 1) passed &= reduce(p, block, width, &scratch, shares, &bias, &y);
  passed &= image_matches(&y, expected, 5e-6);
  if (!passed)
    printf("  %d vectors a panel, %d shares of k, %s weights\n", panel_blocks, shares, half ? "half" : "float");
  free(expected);
  buffer_free(&weights);
  buffer_free(&bias);
  buffer_free(&scratch);
  image_free(&y);
  return passed;
}

static bool reduce_slices(Dense *p, Buffer *sums, int slices, int width, Buffer *bias, Image *y) {
  Launch launch = launch_new("dense_gemm_reduce", prelude("#define GROUP %d\n", GROUP));
  launch_reads(&launch, sums);
  launch_long(&launch, 0);
  launch_long(&launch, 0);
  launch_writes_image(&launch, y);
  pass_epilogue(&launch, p, bias);
  const int values[] = {slices, p->rows, width, p->outputs};
  for (int i = 0; i < 4; i++) launch_int(&launch, values[i]);
  return launch_run_items(&launch, (size_t)p->rows * (size_t)((p->outputs + 3) / 4), 1, 1);
}

/* In tiles of 32 x 32, its slabs of 16 terms in so many slices; sums of more than two slabs join totals. */
static bool run_tiles(Dense *p, int slices, bool half) {
  enum { TILE = 32, TERMS = 16 };
  const int tiles = (p->outputs + TILE - 1) / TILE, width = tiles * TILE, slabs = (p->k + TERMS - 1) / TERMS;
  if (!suite_allows((double)((p->rows + TILE - 1) / TILE * TILE) * width * slabs * TERMS)) return true;
  Dense padded = *p;
  padded.k = slabs * TERMS;
  padded.weights = calloc((size_t)padded.k * p->outputs, sizeof *padded.weights);
  memcpy(padded.weights, p->weights, (size_t)p->k * p->outputs * sizeof *padded.weights);
  Buffer weights = packed_weights(&padded, TILE, half), bias = buffer_new((size_t)width);
  for (size_t i = 0; i < bias.size; i++) bias.data[i] = (int)i < p->outputs ? p->bias[i] : 0;
  Buffer sums = buffer_new((size_t)slices * p->rows * width);
  Image y = image_new(p->rows, p->outputs, 1, 1, 0);
  Launch launch = launch_new("dense_gemm",
      prelude("#define TILE_M 32\n#define TILE_N 32\n#define TILE_K 16\n#define LANE_M 4\n#define LANE_N 4\n"
              "#define RUN_SLABS 2\n#define SPLIT %d\n%s",
          slices > 1, half ? "#define WEIGHTS_HALF\n" : ""));
  launch_reads_image(&launch, &p->x);
  if (slices > 1) {
    launch_writes(&launch, &sums);
    launch_long(&launch, 0);
    launch_long(&launch, 0);
  } else {
    launch_writes_image(&launch, &y);
  }
  launch_reads(&launch, &weights);
  pass_epilogue(&launch, p, &bias);
  launch_int(&launch, p->rows);
  launch_int(&launch, p->k);
  launch_int(&launch, p->outputs);
  launch_group(&launch, 64, 1, 1);
  double *expected = dense_expected(p);
  bool passed = launch_run(&launch, (size_t)((p->rows + TILE - 1) / TILE * tiles), (size_t)slices, 1);
  if (slices > 1) passed = passed && reduce_slices(p, &sums, slices, width, &bias, &y);
  passed = passed && image_matches(&y, expected, 5e-6);
  if (!passed) printf("  in tiles, %d slices, %s weights\n", slices, half ? "half" : "float");
  free(expected);
  free(padded.weights);
  buffer_free(&weights);
  buffer_free(&bias);
  buffer_free(&sums);
  image_free(&y);
  return passed;
}

/* A row of k for each output, both padded with zeros: to 8 outputs, to 4 elements; halves lie two in a float. */
static Buffer row_weights(const Dense *p, bool half) {
  size_t depth = (size_t)(p->k + 3) / 4 * 4, count = (size_t)(p->outputs + 7) / 8 * 8 * depth;
  Buffer packed = buffer_new(half ? count / 2 : count);
  for (size_t i = 0; i < count; i++) {
    size_t o = i / depth, k = i % depth;
    float value = (int)o < p->outputs && (int)k < p->k ? p->weights[k * p->outputs + o] : 0;
    if (half) ((_Float16 *)packed.data)[i] = (_Float16)value;
    else packed.data[i] = value;
  }
  return packed;
}

static bool reduce_on_gpus(Dense *p, Buffer *sums, int shares, Buffer *bias, Image *y) {
  Launch launch = launch_new("dense_reduce_gpu", prelude("#define GROUP %d\n", GROUP));
  launch_reads(&launch, sums);
  launch_long(&launch, 0);
  launch_long(&launch, 0);
  launch_writes_image(&launch, y);
  pass_epilogue(&launch, p, bias);
  launch_int(&launch, shares);
  launch_int(&launch, p->rows);
  launch_int(&launch, p->outputs);
  return launch_run_items(&launch, (size_t)(p->rows * p->outputs), 1, 1);
}

/* `rows` at once, in `chunks` groups. */
static bool run_on_gpus(Dense *p, int rows, int chunks, int shares, bool half) {
  const char *defines =
      prelude("#define GROUP %d\n#define ROWS %d\n%s", GROUP, rows, half ? "#define WEIGHTS_HALF\n" : "");
  Buffer weights = row_weights(p, half), bias = buffer_of(p->bias, (size_t)p->outputs);
  Buffer sums = buffer_new((size_t)shares * p->rows * p->outputs);
  Image y = image_new(p->rows, p->outputs, 1, 1, 0);
  Launch launch = launch_new("dense_gpu", defines);
  launch_reads_image(&launch, &p->x);
  launch_writes_image(&launch, &y);
  launch_reads(&launch, &weights);
  pass_epilogue(&launch, p, &bias);
  launch_int(&launch, p->rows);
  launch_int(&launch, p->k);
  launch_int(&launch, p->outputs);
  launch_writes(&launch, &sums);
  launch_long(&launch, 0);
  launch_long(&launch, 0);
  launch_group(&launch, (size_t)GROUP, 1, 1);
  double *expected = dense_expected(p);
  bool passed = launch_run(&launch, (size_t)(p->outputs + 7) / 8, (size_t)shares, (size_t)chunks);
  if (shares > 1) passed &= reduce_on_gpus(p, &sums, shares, &bias, &y);
  passed &= image_matches(&y, expected, 5e-6);
  if (!passed) printf("  %d rows at once, %d shares of k, %s weights\n", rows, shares, half ? "half" : "float");
  free(expected);
  buffer_free(&weights);
  buffer_free(&bias);
  buffer_free(&sums);
  image_free(&y);
  return passed;
}

static bool on_gpus(Dense *p) {
  int shares = p->k < 3 ? 1 : 3;
  return run_on_gpus(p, 1, p->rows, 1, false) & run_on_gpus(p, 4, (p->rows + 7) / 8, 1, true) &
         run_on_gpus(p, 2, 1, shares, false);
}

static bool test(const Case *c, int block) {
  Dense p = dense_new(c);
  bool passed = run(&p, block, 2, 1, false) & run(&p, block, 1, 3, false) & run(&p, block, 2, 1, true);
  if (block == 4) {
    passed &= run_tiles(&p, 1, false) & run_tiles(&p, 1, true);
    passed &= on_gpus(&p);
    if (p.k > 32) passed &= run_tiles(&p, 3, false);
  }
  dense_free(&p);
  return passed;
}

int main(void) { return suite_blocked("dense", test); }
