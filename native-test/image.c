#include "image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

int image_blocks(const Image *image) { return image->block ? (image->c + image->block - 1) / image->block : image->c; }

size_t image_runs(const Image *image) { return (size_t)(image->h * image->w + 255) / 256; }

static int stored_channels(const Image *image) { return image->block ? image_blocks(image) * image->block : image->c; }

size_t image_count(const Image *image) { return (size_t)image->n * image->c * image->h * image->w; }

Image image_new(int n, int c, int h, int w, int block) {
  Image image = {.n = n, .c = c, .h = h, .w = w, .block = block};
  cl_long unit = block ? block : 1, size = (cl_long)stored_channels(&image) * h * w;
  image.offset = 3 * unit;
  image.batch_stride = size + 5 * unit;
  image.buffer = buffer_new((size_t)(image.offset + n * image.batch_stride + unit));
  return image;
}

Image image_random(int n, int c, int h, int w, int block, float low, float high) {
  Image image = image_new(n, c, h, w, block);
  Image stored = image;
  stored.c = stored_channels(&image);
  EACH_ELEMENT(stored, in, ic, ih, iw) image_set(&image, in, ic, ih, iw, ic < c ? random_between(low, high) : 0.0f);
  return image;
}

void image_free(Image *image) { buffer_free(&image->buffer); }

/* Where element (n, c, h, w) lies; c may be a padded lane. */
static size_t image_index(const Image *image, int n, int c, int h, int w) {
  size_t item = (size_t)(image->offset + n * image->batch_stride);
  if (!image->block) return item + ((size_t)c * image->h + h) * image->w + w;
  size_t row = (size_t)(c / image->block) * image->h + h;
  return item + (row * image->w + w) * image->block + c % image->block;
}

float image_get(const Image *image, int n, int c, int h, int w) {
  return image->buffer.data[image_index(image, n, c, h, w)];
}

float image_along(const Image *image, bool batch, int n, int c, int i, int w) {
  return batch ? image_get(image, i, c, 0, w) : image_get(image, n, c, i, w);
}

void image_set(Image *image, int n, int c, int h, int w, float value) {
  image->buffer.data[image_index(image, n, c, h, w)] = value;
}

void image_make_page(Image *image) {
  EACH_ELEMENT(*image, in, ic, ih, iw)
    if (random_below(8)) image_set(image, in, ic, ih, iw, 0.9f);
}

void image_add_nan(Image *image) {
  image_set(image, random_below(image->n), random_below(image->c), random_below(image->h), random_below(image->w), NAN);
}

static void pass_view(Launch *launch, const Image *image) {
  launch_long(launch, image->offset);
  launch_long(launch, image->batch_stride);
}

void launch_reads_image(Launch *launch, Image *image) {
  launch_reads(launch, &image->buffer);
  pass_view(launch, image);
}

void launch_writes_image(Launch *launch, Image *image) {
  launch_writes(launch, &image->buffer);
  pass_view(launch, image);
}

/* Is y right where it must be exact: NaN, infinite, a padded lane; finite elsewhere? */
static bool exact(float y, double r, bool padded) {
  if (isnan(r)) return isnan(y) && !is_poison(y);
  return isinf(r) || padded ? (double)y == r : isfinite(y);
}

/* Compares the elements, and marks in `owned` the stored floats that need not stay poison. */
static bool values_match(const Image *image, const double *expected, double tolerance, char *owned) {
  double error = 0, scale = 0;
  Image stored = *image;
  stored.c = stored_channels(image);
  EACH_ELEMENT(stored, n, c, h, w) {
    bool padded = c >= image->c;
    double r = padded ? 0 : expected[(((size_t)n * image->c + c) * image->h + h) * image->w + w];
    float y = image_get(image, n, c, h, w);
    owned[image_index(image, n, c, h, w)] = 1;
    if (!exact(y, r, padded)) {
      printf("  [%d][%d][%d][%d] is %g, not %g\n", n, c, h, w, y, r);
      return false;
    }
    if (!isfinite(r)) continue;
    error = fmax(error, fabs(y - r));
    scale = fmax(scale, fabs(r));
  }
  if (error <= tolerance * scale) return true;
  printf("  relative error %.3g exceeds %.3g\n", error / scale, tolerance);
  return false;
}

bool image_matches(const Image *image, const double *expected, double tolerance) {
  if (image->buffer.skipped) return true;
  char *owned = calloc(image->buffer.size, 1);
  bool matches = values_match(image, expected, tolerance, owned);
  for (size_t i = 0; matches && i < image->buffer.size; i++) {
    if (owned[i] || is_poison(image->buffer.data[i])) continue;
    printf("  wrote outside the view at float %zu of the buffer\n", i);
    matches = false;
  }
  free(owned);
  return matches;
}
