/* The two-operand operations that cases name, as OpenCL define and in double precision. */
#pragma once
#include "cases.h"

/* The line that defines OP(a, b) for the operation in column "op", and its value; exit when it is unknown. */
const char *operation_define(const Case *c);
double operation_apply(const Case *c, double a, double b);
