#include "operation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void unknown(const Case *c) {
  fprintf(stderr, "no operation %s\n", case_text(c, "op"));
  exit(1);
}

const char *operation_define(const Case *c) {
  if (case_is(c, "op", "add")) return "#define OP(a, b) ((a) + (b))\n";
  if (case_is(c, "op", "sub")) return "#define OP(a, b) ((a) - (b))\n";
  if (case_is(c, "op", "mul")) return "#define OP(a, b) ((a) * (b))\n";
  if (case_is(c, "op", "div")) return "#define OP(a, b) ((a) / (b))\n";
  unknown(c);
}

double operation_apply(const Case *c, double a, double b) {
  if (case_is(c, "op", "add")) return a + b;
  if (case_is(c, "op", "sub")) return a - b;
  if (case_is(c, "op", "mul")) return a * b;
  if (case_is(c, "op", "div")) return a / b;
  unknown(c);
}
