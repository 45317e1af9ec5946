#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "launch.h"
#include "random.h"
#include "suite.h"

/* How kernels see a type: defines for elements of it in memory, and the number that holds them. */
typedef struct {
  const char *name, *memory, *number, *read, *write;
  size_t bytes;
  int digits, least; /* of a float: binary digits, and the exponent below which it has fewer */
} Type;

static const Type TYPES[] = {
    {"FLOAT32", "float", "float", "READ_PLAIN", "WRITE_PLAIN", 4, 24, -126},
    {"FLOAT16", "half", "float", "READ_FLOAT16", "WRITE_FLOAT16", 2, 11, -14},
    {"BFLOAT16", "ushort", "float", "READ_BFLOAT16", "WRITE_BFLOAT16", 2, 8, -126},
    {"FLOAT64", "ulong", "float", "READ_FLOAT64", "WRITE_FLOAT64", 8, 53, -1022},
    {"UINT8", "uchar", "long", "READ_PLAIN", "WRITE_PLAIN", 1, 0, 0},
    {"INT64", "long", "long", "READ_PLAIN", "WRITE_PLAIN", 8, 0, 0},
    {"BOOL", "uchar", "long", "READ_PLAIN", "WRITE_BOOL", 1, 0, 0},
};

static const Type *type_of(const Case *c, const char *column) {
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
    if (case_is(c, column, TYPES[i].name)) return &TYPES[i];
  }
  fprintf(stderr, "no type %s\n", case_text(c, column));
  exit(1);
}

static double half_of(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double v = exponent == 31 ? (fraction ? NAN : INFINITY)
                            : ldexp(exponent ? 1024 + fraction : fraction, (exponent ? exponent : 1) - 25);
  return bits >> 15 ? -v : v;
}

static double float_of(uint32_t bits) {
  float v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

static double get(const Type *t, const char *at) {
  union {
    uint8_t u8;
    uint16_t u16;
    int64_t i64;
    float f32;
    double f64;
  } v;
  memcpy(&v, at, t->bytes);
  if (t->digits) {
    return t->digits == 11   ? half_of(v.u16)
           : t->digits == 8  ? float_of((uint32_t)v.u16 << 16)
           : t->digits == 24 ? v.f32
                             : v.f64;
  }
  return t->bytes == 1 ? v.u8 : (double)v.i64;
}

/* The element of a type that a number becomes. */
static double converted(const Type *t, double v) {
  if (!strcmp(t->name, "BOOL")) return v != 0;
  if (!strcmp(t->name, "UINT8")) return (uint8_t)(int64_t)v;
  if (!t->digits) return trunc(v);
  if (!isfinite(v) || v == 0) return v;
  int exponent = (int)fmax(ilogb(v), t->least) - (t->digits - 1);
  double near = ldexp(rint(ldexp(v, -exponent)), exponent), most = t->digits == 11 ? 65504 : 3.4028235677973366e38;
  return t->digits < 53 && fabs(near) > most ? copysign(INFINITY, v) : near;
}

/* Any bits of a float; of a wider one mostly of a size that a narrower one has; few where integers are wanted. */
static void fill(const Type *t, const Type *to, char *at) {
  float near = random_between(-100, 100);
  int64_t bits = (int64_t)(near * 1e7f) ^ (int64_t)(random_between(-1, 1) * 1e9f) << 31;
  if (t->digits >= 24) {
    bool tie = random_between(0, 1) < 0.25f;
    double v = !to->digits ? near : ldexp(tie ? rint(near) / 128 + 8 : near, (int)random_between(-40, 12));
    float narrow = (float)v;
    memcpy(at, t->digits == 24 ? (void *)&narrow : (void *)&v, t->bytes);
  } else if (!strcmp(t->name, "BOOL")) {
    *at = bits & 1;
  } else if (t->bytes == 8) {
    int64_t index = (int64_t)near;
    memcpy(at, &index, 8);
  } else {
    memcpy(at, &bits, t->bytes);
  }
}

enum { OFFSET = 5, GAP = 3 };

static bool matches(const Type *from, const Type *to, const char *x, const char *y, int n, int elements) {
  for (int i = 0; i < n * (elements + GAP); i++) {
    size_t at = (size_t)(OFFSET + i);
    double found = get(to, y + at * to->bytes), wanted = converted(to, get(from, x + at * from->bytes));
    if (i % (elements + GAP) >= elements || found == wanted || (isnan(found) && isnan(wanted))) continue;
    printf("  element %d is %.17g, not %.17g\n", i, found, wanted);
    return false;
  }
  return true;
}

static Buffer buffer_for(const Type *t, int n, int elements) {
  return buffer_new(((size_t)(OFFSET + n * (elements + GAP)) * t->bytes + 3) / 4);
}

static void view(Launch *l, Buffer *buffer, int elements, bool written) {
  (written ? launch_writes : launch_reads)(l, buffer);
  launch_long(l, OFFSET);
  launch_long(l, elements + GAP);
}

static bool test(const Case *c, bool gpu) {
  const Type *from = type_of(c, "from"), *to = type_of(c, "to");
  int n = case_int(c, "n"), elements = case_int(c, "elements");
  Buffer x = buffer_for(from, n, elements), y = buffer_for(to, n, elements);
  for (int i = 0; i < OFFSET + n * (elements + GAP); i++) fill(from, to, (char *)x.data + (size_t)i * from->bytes);
  bool cut = from->digits && !to->digits && strcmp(to->name, "BOOL");
  Launch l = launch_new(gpu ? "cast_gpu" : "cast",
      prelude(
          "#define GROUP %d\n#define FROM %s\n#define NUMBER %s\n#define READ %s\n#define TO %s\n#define WRITE %s\n",
          GROUP, from->memory, from->number, from->read, to->memory, cut ? "WRITE_CUT" : to->write));
  view(&l, &x, elements, false);
  view(&l, &y, elements, true);
  launch_int(&l, gpu ? n * elements : elements);
  if (gpu) launch_int(&l, elements);
  bool passed = gpu ? launch_run_items(&l, (size_t)(n * elements + 3) / 4, 1, 1)
                    : launch_run(&l, (size_t)(elements + 4095) / 4096, 1, (size_t)n);
  passed = passed && (y.skipped || matches(from, to, (char *)x.data, (char *)y.data, n, elements));
  buffer_free(&x);
  buffer_free(&y);
  return passed;
}

static bool both(const Case *c, int block) {
  (void)block;
  return test(c, false) && test(c, true);
}

int main(void) { return suite_plain("cast", both); }
