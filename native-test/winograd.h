/* The host's side of opencl/include/winograd.clh: packed weights, and what a NaN may reach. */
#pragma once
#include "conv3x3.h"

typedef struct {
  int m, n, width; /* outputs and inputs a line of a tile; output channels of a weight panel */
  double g[6][3];
  double tolerance;
} Winograd;

Winograd winograd_new(int m, int width);
int winograd_tiles(const Winograd *wino, const Conv3x3 *p);

/* [ceil(oc/width)][n*n][ceil(ic/C)*C][width]. */
Buffer winograd_weights(const Winograd *wino, const Conv3x3 *p);

/* conv3x3_expected, with NaN in every output of a tile that a NaN of x reaches. */
double *winograd_expected(const Winograd *wino, const Conv3x3 *p);
