/* The activations that cases name: as OpenCL define, as clamp bounds, and in double precision. */
#pragma once
#include "cases.h"

typedef struct {
  const char *name;
  float lo, hi;       /* of the default clamp */
  const char *define; /* "" or a line that defines ACTIVATION(v) */
} Activation;

/* The one in column "activation"; exits with a message when it is unknown. */
const Activation *activation_of(const Case *c);
double activation_apply(const Activation *activation, double v);
