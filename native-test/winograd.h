/* The host's side of opencl/include/winograd.clh: packed weights, register tiles, and what a NaN may reach. */
#pragma once
#include "conv2d.h"

typedef struct {
  int m, n; /* outputs and inputs a line of a tile */
  int rows, small, width;
  double g[6][3];
  double tolerance;
} Winograd;

Winograd winograd_new(int m, int rows, int small, int width);

/* The kernel's defines besides those of the problem. To be freed. */
char *winograd_prelude(const Winograd *wino, const Conv2d *p);
int winograd_tiles(const Winograd *wino, const Conv2d *p);

/* Register tiles over `tiles` tiles, and the rows that they have. */
int winograd_groups(const Winograd *wino, int tiles);
int winograd_rows(const Winograd *wino, int tiles);

/* A kernel at one of the points. */
double winograd_weight(const Winograd *wino, const Conv2d *p, int oc, int ic, int point);

/* Packed as winograd.clh says. */
Buffer winograd_weights(const Winograd *wino, const Conv2d *p);

/* conv2d_expected, with NaN in every output of a tile that a NaN of x reaches. */
double *winograd_expected(const Winograd *wino, const Conv2d *p);
