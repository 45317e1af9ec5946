// conv2d_stem - convolution of a plain image of few channels, output blocked: the first layer of a network.
//
// Work:     one work-item per group; dim 0 = patches across, dim 1 = patches down, dim 2 = batch items. A work-item
//           owns all output channels of a patch of `rows` x `columns` output pixels. It copies what the patch reads,
//           padding included, into local memory. With B = ceil(oc / C) and T = `tiles`, tile t of the output channels
//           is blocks t*B/T .. (t+1)*B/T-1 (integer division), which must be TILE_BLOCKS or TILE_BLOCKS-1 blocks.
// Buffers:  0 x PLAIN [ic][ih][iw] (view)   3 y blocked [oc] (view)   6 weights: per tile [ic][kh][kw][blocks*C], tiles
//           one after another, zeros where a channel does not exist   7 bias [B*C]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 ic   15 oc   16 ih   17 iw   18 oh   19 ow   20 kh   21 kw
//           22 stride_h   23 stride_w   24 pad_top   25 pad_left   26 dilation_h   27 dilation_w   28 rows   29 columns
//           30 tiles
// Local:    31 ic * ((rows-1)*stride_h + (kh-1)*dilation_h + 1) * ((columns-1)*stride_w + (kw-1)*dilation_w + 1) floats
// Defines:  C = channel block;  TILE_BLOCKS = output channel blocks of a tile;  TILE_EVEN;  ACTIVATION(v)
// In place: no.
// Host:     Conv2dStem.java        Cases: cases/conv2d.txt

#include "include/conv_tile.clh"

// What a patch reads: its extents, where it begins in the image (outside of it where there is padding).
typedef struct {
  int height, width, y, x;
} Patch;

// Copies `width` floats of a row of `iw` from column `x` on, zeros where there is no such column.
INLINE void copy_row(__local float *to, const __global float *row, const int iw, const int x, const int width) {
  const int begin = clamp(-x, 0, width), end = clamp(iw - x, begin, width);
  for (int i = 0; i < begin; ++i) to[i] = 0.0f;
  for (int i = begin; i < end; ++i) to[i] = row[x + i];
  for (int i = end; i < width; ++i) to[i] = 0.0f;
}

INLINE void copy_patch(
    __local float *to, const __global float *image, const int ic, const int ih, const int iw, const Patch patch) {
  for (int c = 0; c < ic; ++c, image += (long)ih * iw) {
    for (int i = 0; i < patch.height; ++i, to += patch.width) {
      const int y = patch.y + i;
      const int inside = 0 <= y && y < ih;
      copy_row(to, image + (inside ? (long)y * iw : 0), inside ? iw : 0, patch.x, patch.width);
    }
  }
}

// sum[p][b] += source[p][k*step] * weights[k][b], over `count` taps.
INLINE void tile_multiply_taps(floatC sum[TILE_PIXELS][TILE_BLOCKS], const int pixels, const int blocks,
    const __local float *const source[TILE_PIXELS], const __global float *weights, const int count, const int step) {
  for (int k = 0; k < count; ++k) {
    floatC row[TILE_BLOCKS];
    EACH_BLOCK row[b] = LOADC(weights + (k * blocks + b) * C);
    EACH_PIXEL {
      const floatC value = (floatC)(source[p][k * step]);
      EACH_BLOCK sum[p][b] = fma(value, row[b], sum[p][b]);
    }
  }
}

typedef struct {
  int ic, kh, kw, stride_h, stride_w, dilation_h, dilation_w;
} Window;

// The sums of one tile; `pixel` counts from the patch's corner.
INLINE void tile_stem(const int pixels, const int blocks, Pixel pixel[TILE_PIXELS], const int count, const Pixel corner,
    const __local float *patch, const Patch extents, const Window window, const Target t, const __global float *weights,
    const __global float *bias) {
  const __local float *source[TILE_PIXELS];
  EACH_PIXEL {
    source[p] = patch + pixel[p].y * window.stride_h * extents.width + pixel[p].x * window.stride_w;
    pixel[p] = (Pixel){corner.n, corner.y + pixel[p].y, corner.x + pixel[p].x};
  }
  floatC sum[TILE_PIXELS][TILE_BLOCKS];
  tile_start(sum, pixels, blocks, bias);
  for (int c = 0; c < window.ic; ++c) {
    for (int kh = 0; kh < window.kh; ++kh, weights += window.kw * blocks * C) {
      const __local float *row[TILE_PIXELS];
      EACH_PIXEL row[p] = source[p] + (c * extents.height + kh * window.dilation_h) * extents.width;
      tile_multiply_taps(sum, pixels, blocks, row, weights, window.kw, window.dilation_w);
    }
  }
  if (tile_is_full(pixels, blocks)) tile_finish_full(sum, pixels, blocks, pixel, t);
  else tile_pause(sum, pixels, blocks, count, pixel, t);
}

// All pixels of a patch at one tile of channels.
INLINE void patch_stem(const int blocks, const int total, const int columns, const Pixel corner,
    const __local float *patch, const Patch extents, const Window window, const Target t, const __global float *weights,
    const __global float *bias) {
  const int tiles = (total + TILE_PIXELS - 1) / TILE_PIXELS;
  Pixel first = {0, 0, 0};
  for (int i = 0; i < tiles; ++i) {
    const int count = tile_size(i, tiles, total);
    Pixel pixel[TILE_PIXELS];
    tile_pixels(pixel, first, count, t.height, columns);
    first = pixel_after(pixel[TILE_PIXELS - 1], t.height, columns);
    TILE_CHOOSE(tile_stem, count, blocks, pixel, count, corner, patch, extents, window, t, weights, bias);
    if (!tile_is_full(count, blocks)) tile_finish(blocks, count, pixel, t);
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_stem(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int ic, const int oc, const int ih, const int iw,
    const int oh, const int ow, const int kh, const int kw, const int stride_h, const int stride_w, const int pad_top,
    const int pad_left, const int dilation_h, const int dilation_w, const int rows, const int columns, const int tiles,
    __local float *restrict patch) {
  const Pixel corner = {get_global_id(2), get_global_id(1) * rows, get_global_id(0) * columns};
  const int own_rows = min(rows, oh - corner.y), own_columns = min(columns, ow - corner.x);
  const Patch extents = {(own_rows - 1) * stride_h + (kh - 1) * dilation_h + 1,
      (own_columns - 1) * stride_w + (kw - 1) * dilation_w + 1, corner.y * stride_h - pad_top,
      corner.x * stride_w - pad_left};
  copy_patch(patch, VIEW_ITEM(x, corner.n), ic, ih, iw, extents);

  const Window window = {ic, kh, kw, stride_h, stride_w, dilation_h, dilation_w};
  const long plane = (long)oh * ow * C;
  const int all = (oc + C - 1) / C;
  for (int tile = 0; tile < tiles; ++tile) {
    const int block = tile * all / tiles, blocks = (tile + 1) * all / tiles - block;
    const Target target = {VIEW_ITEM(y, 0) + block * plane, has_residual ? VIEW_ITEM(residual, 0) + block * plane : 0,
        y_batch, residual_batch, plane, oh, ow, oc - block * C, lo, hi};
    const __global float *own = weights + (long)block * C * ic * kh * kw;
    patch_stem(
        blocks, own_rows * own_columns, own_columns, corner, patch, extents, window, target, own, bias + block * C);
  }
}
