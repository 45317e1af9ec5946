/* What bfloat16 and int8 dot products would give ResNet-50 on a CPU: its convolutions one after the other at batch 1,
   by the same tile in fp32, bfloat16 and int8, in turn. First some outputs of every layer are held against sums in
   double. Usage: low_precision [ROUNDS] */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../cl.h"
#include "../random.h"

enum { LAYERS = 53, PRECISIONS = 3, PIXELS = 6, WIDE = 64, CHECKS = 20, MAX_ROUNDS = 999, LARGEST = 1 << 20 };

typedef struct {
  int in, out, kernel, stride, side; /* of the output */
  int depth[PRECISIONS];             /* 32-bit words of a pixel */
  cl_mem weights[PRECISIONS], bias, pixels[PRECISIONS], taps[PRECISIONS];
} Layer;

static const char *const NAMES[PRECISIONS] = {"fp32", "bfloat16", "int8"};
static const int PACK[PRECISIONS] = {1, 2, 4};

static Layer layers[LAYERS];
static int count;
static cl_kernel kernels[PRECISIONS];
static cl_mem ping, pong;
static int32_t host[1 << 22];

static cl_mem buffer(const void *data, size_t bytes) {
  cl_int status;
  cl_mem made = clCreateBuffer(cl_current_context(), CL_MEM_READ_WRITE | (data ? CL_MEM_COPY_HOST_PTR : 0), bytes,
      (void *)(uintptr_t)data, &status);
  CHECK(status);
  return made;
}

static float bfloat(uint16_t bits) {
  uint32_t wide = (uint32_t)bits << 16;
  float value;
  memcpy(&value, &wide, sizeof value);
  return value;
}

/* A word of one, two or four random numbers: inputs not negative, as ReLU leaves them; weights of both signs. */
static int32_t random_word(int pack, bool weight, float limit) {
  union {
    int32_t word;
    float f;
    uint16_t h[2];
    uint8_t b[4];
  } v;
  if (pack == 4)
    for (int i = 0; i < 4; i++) v.b[i] = (uint8_t)(weight ? random_below(255) - 127 : random_below(256));
  else {
    v.f = random_between(weight ? -limit : 0, limit);
    if (pack == 2) {
      uint16_t high = v.h[1];
      v.f = random_between(weight ? -limit : 0, limit);
      v.h[0] = high;
    }
  }
  return v.word;
}

static double product(int pack, int32_t x, int32_t w) {
  if (pack == 1) {
    float a, b;
    memcpy(&a, &x, 4);
    memcpy(&b, &w, 4);
    return (double)a * b;
  }
  double sum = 0;
  for (int i = 0; i < pack; i++)
    sum += pack == 2 ? (double)bfloat((uint16_t)(x >> 16 * i)) * bfloat((uint16_t)(w >> 16 * i))
                     : (double)(uint8_t)(x >> 8 * i) * (int8_t)(w >> 8 * i);
  return sum;
}

static int padded_side(const Layer *l) { return l->side * l->stride + 2 * (l->kernel / 2); }
static int tiles(const Layer *l) { return (l->side * l->side + PIXELS - 1) / PIXELS; }

/* Places of outputs and of a window's taps in the padded input; the last tile repeats the last output. */
static void place(Layer *l, int p) {
  int row = padded_side(l), outputs = l->side * l->side, number = 0;
  for (int i = 0; i < tiles(l) * PIXELS; i++) {
    int at = i < outputs ? i : outputs - 1;
    host[i] = (at / l->side * l->stride * row + at % l->side * l->stride) * l->depth[p];
  }
  l->pixels[p] = buffer(host, (size_t)(tiles(l) * PIXELS) * 4);
  for (int y = 0; y < l->kernel; y++)
    for (int x = 0; x < l->kernel; x++) host[number++] = (y * row + x) * l->depth[p];
  l->taps[p] = buffer(host, (size_t)number * 4);
}

static void add_layer(int in, int out, int kernel, int stride, int side) {
  Layer *l = &layers[count++];
  *l = (Layer){.in = in, .out = out, .kernel = kernel, .stride = stride, .side = side};
  for (int p = 0; p < PRECISIONS; p++) {
    l->depth[p] = (in + PACK[p] - 1) / PACK[p];
    int words = l->depth[p] * kernel * kernel * out;
    for (int i = 0; i < words; i++) host[i] = random_word(PACK[p], true, sqrtf(6.0f / (float)(in * kernel * kernel)));
    l->weights[p] = buffer(host, (size_t)words * 4);
    place(l, p);
  }
  memset(host, 0, (size_t)out * 4);
  l->bias = buffer(host, (size_t)out * 4);
}

static void add_block(int in, int middle, int stride, int side, bool first) {
  add_layer(in, middle, 1, 1, side * stride);
  add_layer(middle, middle, 3, stride, side);
  add_layer(middle, middle * 4, 1, 1, side);
  if (first) add_layer(in, middle * 4, 1, stride, side);
}

static void add_network(void) {
  static const int BLOCKS[] = {3, 4, 6, 3};
  add_layer(4, 64, 7, 2, 112);
  int in = 64;
  for (int stage = 0; stage < 4; stage++)
    for (int b = 0; b < BLOCKS[stage]; b++) {
      int middle = 64 << stage, first = b == 0;
      add_block(in, middle, first && stage ? 2 : 1, 56 >> stage, first);
      in = middle * 4;
    }
}

static cl_kernel build(int pack, char *source) {
  char options[40];
  snprintf(options, sizeof options, "-DPACK=%d", pack);
  cl_int status;
  cl_program program =
      clCreateProgramWithSource(cl_current_context(), 1, (const char **)(void *)&source, NULL, &status);
  CHECK(status);
  CHECK(clBuildProgram(program, 0, NULL, options, NULL, NULL));
  cl_kernel kernel = clCreateKernel(program, "low_precision", &status);
  CHECK(status);
  return kernel;
}

static void launch(const Layer *l, int p, cl_mem x, cl_mem y) {
  cl_kernel kernel = kernels[p];
  const cl_mem memory[] = {x, l->weights[p], l->bias, y, l->pixels[p], l->taps[p]};
  const int numbers[] = {l->kernel * l->kernel, l->depth[p], l->out};
  for (cl_uint i = 0; i < 6; i++) CHECK(clSetKernelArg(kernel, i, sizeof(cl_mem), &memory[i]));
  for (cl_uint i = 0; i < 3; i++) CHECK(clSetKernelArg(kernel, 6 + i, sizeof(int), &numbers[i]));
  size_t items[] = {(size_t)tiles(l), (size_t)(l->out / WIDE)}, group[] = {1, 1};
  CHECK(clEnqueueNDRangeKernel(cl_current_queue(), kernel, 2, NULL, items, group, 0, NULL, NULL));
}

static void *read(cl_mem memory, size_t bytes) {
  void *data = malloc(bytes);
  CHECK(clEnqueueReadBuffer(cl_current_queue(), memory, CL_TRUE, 0, bytes, data, 0, NULL, NULL));
  return data;
}

static double expected(const Layer *l, int p, int at, int channel, const int32_t *x, const int32_t *w) {
  int row = padded_side(l), depth = l->depth[p];
  double sum = 0;
  for (int t = 0; t < l->kernel * l->kernel; t++) {
    int y0 = at / l->side * l->stride + t / l->kernel, x0 = at % l->side * l->stride + t % l->kernel;
    for (int k = 0; k < depth; k++) {
      long panel = (long)(channel / WIDE) * l->kernel * l->kernel * depth;
      sum += product(PACK[p], x[(y0 * row + x0) * depth + k], w[(panel + t * depth + k) * WIDE + channel % WIDE]);
    }
  }
  return p == 2 ? fmin(fmax(rint(sum * 0.001f), 0), 255) : fmax(sum, 0);
}

/* Within the rounding of sums, and of the result's own type. */
static bool near(int p, double is, double should) {
  static const double RELATIVE[PRECISIONS] = {1e-5, 1.0 / 256, 0}, ABSOLUTE[PRECISIONS] = {1e-4, 1e-4, 1};
  return fabs(is - should) <= RELATIVE[p] * should + ABSOLUTE[p];
}

static void check(const Layer *l, int p) {
  size_t words = (size_t)(padded_side(l) * padded_side(l) * l->depth[p]);
  size_t outputs = (size_t)(tiles(l) * PIXELS * l->out);
  for (size_t i = 0; i < words; i++) host[i] = random_word(PACK[p], false, 1);
  CHECK(clEnqueueWriteBuffer(cl_current_queue(), ping, CL_TRUE, 0, words * 4, host, 0, NULL, NULL));
  launch(l, p, ping, pong);
  void *y = read(pong, outputs * 4 / (size_t)PACK[p]);
  int32_t *w = read(l->weights[p], (size_t)(l->depth[p] * l->kernel * l->kernel * l->out) * 4);
  for (int i = 0; i < CHECKS; i++) {
    int at = random_below(l->side * l->side), channel = random_below(l->out), n = at * l->out + channel;
    double is = p == 0 ? ((float *)y)[n] : p == 1 ? bfloat(((uint16_t *)y)[n]) : ((uint8_t *)y)[n];
    double should = expected(l, p, at, channel, host, w);
    if (near(p, is, should)) continue;
    fprintf(
        stderr, "%s %d -> %d, %dx%d: %g in place of %g\n", NAMES[p], l->in, l->out, l->kernel, l->kernel, is, should);
    exit(1);
  }
  free(y);
  free(w);
}

static double pass(int p) {
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int i = 0; i < LAYERS; i++) launch(&layers[i], p, i % 2 ? pong : ping, i % 2 ? ping : pong);
  CHECK(clFinish(cl_current_queue()));
  clock_gettime(CLOCK_MONOTONIC, &to);
  return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) * 1e-6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int arguments, char **argument) {
  static double ms[PRECISIONS][MAX_ROUNDS];
  int rounds = arguments > 1 ? atoi(argument[1]) : 20;
  if (rounds < 1 || rounds > MAX_ROUNDS) return fprintf(stderr, "1 to %d rounds\n", MAX_ROUNDS), 2;
  cl_open();
  char *source = read_text(EXPERIMENTS_FOLDER "/low_precision.cl");
  ping = buffer(NULL, LARGEST * 4);
  pong = buffer(NULL, LARGEST * 4);
  add_network();
  for (int p = 0; p < PRECISIONS; p++) kernels[p] = build(PACK[p], source);
  for (int p = 0; p < PRECISIONS; p++)
    for (int i = 0; i < LAYERS; i++) check(&layers[i], p);
  for (int r = 0; r < rounds; r++)
    for (int p = 0; p < PRECISIONS; p++) ms[p][r] = pass(p);
  printf("%s, %d convolutions of ResNet-50, batch 1, %d rounds\n", cl_device_name(), LAYERS, rounds);
  for (int p = 0; p < PRECISIONS; p++) {
    qsort(ms[p], (size_t)rounds, sizeof(double), ascending);
    printf("%-9s median %6.2f ms, best %6.2f\n", NAMES[p], ms[p][rounds / 2], ms[p][0]);
  }
  return 0;
}
