/* An activation value [n][c][h][w], PLAIN or in channel blocks, in a view of a larger buffer with poison around it. */
#pragma once
#include "launch.h"

typedef struct {
  int n, c, h, w;
  int block; /* channels a block, 0 = PLAIN */
  cl_long offset, batch_stride;
  Buffer buffer;
} Image;

/* All poison; its offset is not zero and its batch stride exceeds its size. */
Image image_new(int n, int c, int h, int w, int block);

/* The same with values in [low, high) and zeros in the padded lanes. */
Image image_random(int n, int c, int h, int w, int block, float low, float high);
void image_free(Image *image);

/* Element (n, c, h, w); c may be a padded lane. */
float image_get(const Image *image, int n, int c, int h, int w);

/* Element i of the row along h through (n, c, w), or along the batch where `batch` is set. */
float image_along(const Image *image, bool batch, int n, int c, int i, int w);
void image_set(Image *image, int n, int c, int h, int w, float value);

/* Elements in all; blocks of channels (PLAIN: channels) of one batch item. */
size_t image_count(const Image *image);
int image_blocks(const Image *image);

/* Runs of 256 pixels, the last shorter, as elementwise kernels take them. */
size_t image_runs(const Image *image);

/* Makes seven of eight elements 0.9, as those of a scanned page: their sum rounds the same way at every step. */
void image_make_page(Image *image);

/* Puts a NaN at a random element. */
void image_add_nan(Image *image);

/* Loops over all elements in the order of image_matches' expected values. */
#define EACH_ELEMENT(image, in, ic, ih, iw)  \
  for (int in = 0; in < (image).n; in++)     \
    for (int ic = 0; ic < (image).c; ic++)   \
      for (int ih = 0; ih < (image).h; ih++) \
        for (int iw = 0; iw < (image).w; iw++)

/* The three parameters of IN_VIEW and OUT_VIEW. */
void launch_reads_image(Launch *launch, Image *image);
void launch_writes_image(Launch *launch, Image *image);

/* Compares with expected[n][c][h][w]: max|y-r| / max|r| at most the tolerance, NaN and infinity exactly where
   the reference has them, padded lanes zero, everything else untouched. Prints what is wrong. */
bool image_matches(const Image *image, const double *expected, double tolerance);
