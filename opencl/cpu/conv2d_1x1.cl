// conv2d_1x1 - convolution with a 1x1 kernel and no padding, blocked to blocked, as a matrix product.
//
// Work:     one work-item per group; dim 0 = tiles of output channel blocks, dim 1 = strips of pixels. A work-item owns
//           its tile's channels at its strip's pixels, counted over batch, rows and columns. With B = ceil(oc / C) and
//           T = the extent of dim 0, tile t is blocks t*B/T .. (t+1)*B/T-1 (integer division), which must be
//           TILE_BLOCKS or TILE_BLOCKS-1 blocks.
// Buffers:  0 x blocked [ic] (view)   3 y blocked [oc] (view)   6 weights: per tile [ceil(ic/C)*C][blocks*C], tiles
//           one after another, zeros where a channel does not exist   7 bias [B*C]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 n   15 ic   16 oc   17 ih   18 iw   19 oh   20 ow   21 stride_h
//           22 stride_w   23 strip = pixels of a strip   24 pass = input channels (a multiple of C) that are summed for
//           the whole strip before the next are begun: their weights stay in cache
// Defines:  C = channel block;  TILE_BLOCKS = output channel blocks of a tile;  TILE_EVEN;  ACTIVATION(v)
// In place: no.
// Host:     Conv2d1x1.java, DenseTile.java        Cases: cases/conv2d.txt

#include "include/conv_tile.clh"
#include "include/prefetch.clh"

typedef struct {
  const __global float *x;
  long x_batch, plane;
  int width, stride_h, stride_w;
} Source;

// The sums of one pass over one tile: weights and source are at the pass's first channel; the first pass begins with
// the bias, the others, which have none, add what waits in the output. `next` is what to touch meanwhile.
INLINE void tile_1x1(const int pixels, const int blocks, const Pixel pixel[TILE_PIXELS], const int count,
    const Source s, const Target t, const __global float *weights, const __global float *bias, const int channels,
    const int is_last, const __global float *next, const int touches) {
  const __global float *source[TILE_PIXELS];
  EACH_PIXEL source[p] =
      s.x + pixel[p].n * s.x_batch + (long)(pixel[p].y * s.stride_h * s.width + pixel[p].x * s.stride_w) * C;

  floatC sum[TILE_PIXELS][TILE_BLOCKS];
  tile_start(sum, pixels, blocks, bias);
  for (int c = 0; c < channels; c += C) {
    for (int i = 0; i < touches; ++i, next += CACHE_LINE) PREFETCH_READ(next);
    EACH_PIXEL PREFETCH_READ(source[p] + TILE_PIXELS * s.stride_w * C);  // the next tile's, mostly
    tile_multiply(sum, pixels, blocks, source, weights + c * blocks * C, min(C, channels - c));
    EACH_PIXEL source[p] += s.plane;
  }
  if (!bias) tile_resume(sum, pixels, blocks, pixel, t);
  if (is_last && tile_is_full(pixels, blocks)) tile_finish_full(sum, pixels, blocks, pixel, t);
  else tile_pause(sum, pixels, blocks, count, pixel, t);
}

INLINE void strip_1x1(const int blocks, const int begin, const int total, Source s, const Target t,
    const __global float *weights, const __global float *bias, const int ic, const int pass) {
  const int tiles = (total + TILE_PIXELS - 1) / TILE_PIXELS;
  const int touches = (blocks * C * C / CACHE_LINE + tiles - 1) / tiles;
  for (int done = 0; done < ic; done += pass) {
    const int channels = min(pass, ic - done);
    const int is_last = done + channels == ic;
    const __global float *next = weights + (channels + C - 1) / C * C * blocks * C;
    const __global float *near = next;
    Pixel first = pixel_at(begin, t.height, t.width);
    for (int i = 0; i < tiles; ++i) {
      const int count = tile_size(i, tiles, total);
      Pixel pixel[TILE_PIXELS];
      tile_pixels(pixel, first, count, t.height, t.width);
      TILE_CHOOSE(
          tile_1x1, count, blocks, pixel, count, s, t, weights, done ? 0 : bias, channels, is_last, near, touches);
      if (is_last && !tile_is_full(count, blocks)) tile_finish(blocks, count, pixel, t);
      near += channels / C * touches * CACHE_LINE;
      first = pixel_after(pixel[TILE_PIXELS - 1], t.height, t.width);
    }
    weights = next;
    s.x += channels / C * s.plane;
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_1x1(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int n, const int ic, const int oc, const int ih,
    const int iw, const int oh, const int ow, const int stride_h, const int stride_w, const int strip, const int pass) {
  const int tile = get_global_id(0), tiles = get_global_size(0);
  const int all = (oc + C - 1) / C;
  const int block = tile * all / tiles, blocks = (tile + 1) * all / tiles - block;
  const int begin = get_global_id(1) * strip;
  const int total = min(strip, n * oh * ow - begin);

  const Source source = {x + x_offset, x_batch, (long)ih * iw * C, iw, stride_h, stride_w};
  const long plane = (long)oh * ow * C;
  const Target target = {VIEW_ITEM(y, 0) + block * plane, has_residual ? VIEW_ITEM(residual, 0) + block * plane : 0,
      y_batch, residual_batch, plane, oh, ow, oc - block * C, lo, hi};
  const __global float *rows = weights + (long)block * C * ((ic + C - 1) / C * C);
  strip_1x1(blocks, begin, total, source, target, rows, bias + block * C, ic, pass);
}
