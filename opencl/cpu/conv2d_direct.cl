// conv2d_direct - convolution of any geometry, blocked to blocked; groups of whole channel blocks.
//
// Work:     one work-item per group; dim 0 = tiles of output channel blocks, dim 1 = strips of pixels, dim 2 = groups.
//           A work-item owns its tile's channels at its strip's pixels, counted over batch, rows and columns. With
//           B = ceil(oc / C) and T = the extent of dim 0, tile t of a group is its blocks t*B/T .. (t+1)*B/T-1 (integer
//           division), which must be TILE_BLOCKS or TILE_BLOCKS-1 blocks.
// Buffers:  0 x blocked [groups*ic] (view)   3 y blocked [groups*oc] (view)   6 weights: per group, per tile
//           [ceil(ic/C)][kh][kw][C][blocks*C], one after another, zeros where a channel does not exist; then C zeros,
//           which padding reads   7 bias [groups*B*C]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 n   15 ic, 16 oc = channels of one group (whole blocks unless there is
//           one group)   17 ih   18 iw   19 oh   20 ow   21 kh   22 kw   23 stride_h   24 stride_w   25 pad_top
//           26 pad_left   27 dilation_h   28 dilation_w   29 strip = pixels of a strip   30 pass = input channels (a
//           multiple of C) that are summed for the whole strip before the next are begun: their weights stay in cache
// Defines:  C = channel block;  TILE_BLOCKS = output channel blocks of a tile;  TILE_EVEN;  ACTIVATION(v)
// In place: no.
// Host:     Conv2dDirect.java        Cases: cases/conv2d.txt

#include "include/conv_tile.clh"
#include "include/prefetch.clh"

typedef struct {
  const __global float *x, *zeros;
  long x_batch, plane;
  int ih, iw, kh, kw, stride_h, stride_w, pad_top, pad_left, dilation_h, dilation_w;
} Source;

// The input pixels under one tap of the kernel; the zeros where that is padding. Returns whether any is not.
INLINE int tap_sources(const __global float *source[TILE_PIXELS], const int pixels, const Pixel pixel[TILE_PIXELS],
    const Source s, const int kh, const int kw) {
  int any = 0;
  EACH_PIXEL {
    const int y = pixel[p].y + kh * s.dilation_h, x = pixel[p].x + kw * s.dilation_w;
    const int inside = (uint)y < (uint)s.ih && (uint)x < (uint)s.iw;
    const __global float *at = s.x + pixel[p].n * s.x_batch + (long)(y * s.iw + x) * C;
    source[p] = inside ? at : s.zeros;
    any |= inside;
  }
  return any;
}

// The sums of one pass over one tile: weights and source are at the pass's first channel; the first pass begins with
// the bias, the others, which have none, add what waits in the output. `next` is what to touch meanwhile.
INLINE void tile_direct(const int pixels, const int blocks, const Pixel pixel[TILE_PIXELS], const int count, Source s,
    const Target t, const __global float *weights, const __global float *bias, const int channels, const int is_last,
    const __global float *next, const int touches) {
  Pixel corner[TILE_PIXELS];
  EACH_PIXEL corner[p] = (Pixel){pixel[p].n, pixel[p].y * s.stride_h - s.pad_top, pixel[p].x * s.stride_w - s.pad_left};

  floatC sum[TILE_PIXELS][TILE_BLOCKS];
  tile_start(sum, pixels, blocks, bias);
  for (int c = 0; c < channels; c += C, s.x += s.plane) {
    for (int kh = 0; kh < s.kh; ++kh) {
      for (int kw = 0; kw < s.kw; ++kw, weights += C * blocks * C) {
        for (int i = 0; i < touches; ++i, next += CACHE_LINE) PREFETCH_READ(next);
        const __global float *source[TILE_PIXELS];
        if (tap_sources(source, pixels, corner, s, kh, kw))
          tile_multiply(sum, pixels, blocks, source, weights, min(C, channels - c));
      }
    }
  }
  if (!bias) tile_resume(sum, pixels, blocks, pixel, t);
  if (is_last && tile_is_full(pixels, blocks)) tile_finish_full(sum, pixels, blocks, pixel, t);
  else tile_pause(sum, pixels, blocks, count, pixel, t);
}

INLINE void strip_direct(const int blocks, const int begin, const int total, Source s, const Target t,
    const __global float *weights, const __global float *bias, const int ic, const int pass) {
  const int tiles = (total + TILE_PIXELS - 1) / TILE_PIXELS;
  const int touches = (blocks * C * C / CACHE_LINE + tiles - 1) / tiles;
  for (int done = 0; done < ic; done += pass) {
    const int channels = min(pass, ic - done);
    const int is_last = done + channels == ic;
    const int taps = (channels + C - 1) / C * s.kh * s.kw;
    const __global float *next = weights + (long)taps * C * blocks * C;
    const __global float *near = next;
    Pixel first = pixel_at(begin, t.height, t.width);
    for (int i = 0; i < tiles; ++i) {
      const int count = tile_size(i, tiles, total);
      Pixel pixel[TILE_PIXELS];
      tile_pixels(pixel, first, count, t.height, t.width);
      TILE_CHOOSE(
          tile_direct, count, blocks, pixel, count, s, t, weights, done ? 0 : bias, channels, is_last, near, touches);
      if (is_last && !tile_is_full(count, blocks)) tile_finish(blocks, count, pixel, t);
      near += taps * touches * CACHE_LINE;
      first = pixel_after(pixel[TILE_PIXELS - 1], t.height, t.width);
    }
    weights = next;
    s.x += channels / C * s.plane;
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_direct(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int n, const int ic, const int oc, const int ih,
    const int iw, const int oh, const int ow, const int kh, const int kw, const int stride_h, const int stride_w,
    const int pad_top, const int pad_left, const int dilation_h, const int dilation_w, const int strip,
    const int pass) {
  const int group = get_global_id(2), groups = get_global_size(2);
  const int tile = get_global_id(0), tiles = get_global_size(0);
  const int ic_blocks = (ic + C - 1) / C, oc_blocks = (oc + C - 1) / C;
  const int block = tile * oc_blocks / tiles, blocks = (tile + 1) * oc_blocks / tiles - block;
  const int begin = get_global_id(1) * strip;
  const int total = min(strip, n * oh * ow - begin);

  const long in_plane = (long)ih * iw * C, out_plane = (long)oh * ow * C;
  const long row = (long)ic_blocks * kh * kw * C * C;
  const Source source = {VIEW_ITEM(x, 0) + group * ic_blocks * in_plane, weights + groups * oc_blocks * row, x_batch,
      in_plane, ih, iw, kh, kw, stride_h, stride_w, pad_top, pad_left, dilation_h, dilation_w};
  const int first_block = group * oc_blocks + block;
  const Target target = {VIEW_ITEM(y, 0) + first_block * out_plane,
      has_residual ? VIEW_ITEM(residual, 0) + first_block * out_plane : 0, y_batch, residual_batch, out_plane, oh, ow,
      oc - block * C, lo, hi};
  const __global float *own = weights + first_block * row, *own_bias = bias + first_block * C;
  strip_direct(blocks, begin, total, source, target, own, own_bias, ic, pass);
}
