/* The launch geometry and weight order that conv2d_1x1 and conv2d_direct share. */
#pragma once
#include "conv2d.h"

typedef struct {
  int tile_blocks, tiles; /* output channel blocks of a tile, tiles of a group */
  int strip, pass;        /* pixels of a work-item, input channels of a pass */
} Tiling;

/* Tiles of at most `tile_blocks`, or of half of it where the channels are too few for that; false if neither fits. */
bool tiling_new(Tiling *tiling, const Conv2d *p, int tile_blocks, int strip, int pass);

/* Runs the kernel and compares. */
bool tiling_run(const char *kernel, const Tiling *tiling, Conv2d *p, const double *expected);
