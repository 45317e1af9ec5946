/* Launches of kernels that take a value row by row. */
#pragma once
#include "image.h"

/* Teams of work-items that take a row each, on GPUs: see rows.clh. */
typedef struct {
  int team;   /* work-items of a row */
  bool along; /* neighbours along a row */
} Teams;

/* Teams for rows of `length` elements, `step` apart, as a host may choose them. */
Teams teams_of(int length, long step);

/* The prelude of rows.clh, then `more`. */
const char *teams_prelude(Teams teams, const char *more);

/* Runs teams for so many rows. */
bool teams_run(Launch *launch, Teams teams, int rows);

/* Runs kernels like softmax, and like softmax_gpu, from x to y: along the axis h, or the batch; `more`: defines. */
bool rows_on_cpus(const char *kernel, int block, const char *more, Image *x, Image *y, bool batch);
bool rows_on_gpus(const char *kernel, const char *more, Image *x, Image *y, bool batch);
