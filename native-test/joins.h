/* What updates do to the elements that they meet, by the column "join" of scatters' cases. */
#pragma once
#include "cases.h"

/* Exits with a message when it is unknown. */
int join_of(const Case *c);

/* As OpenCL expression of `so` and `v`, and in double precision. */
const char *join_expression(int join);
double joined(int join, double so, double v);

/* Whether it is a sum. */
bool join_sums(int join);
