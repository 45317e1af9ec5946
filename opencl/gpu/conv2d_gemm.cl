// conv2d_gemm - y = epilogue(conv(x, w)) as a matrix product, pixels by output channels: implicit GEMM.
//
// Terms of a sum run over (tap, block of 4 input channels); a slab is one tap's next TILE_K/4 blocks. A lane copies
// fixed pixels of each slab: which of their taps lie on the image is found once, as a bit mask; a new tap adds an
// offset and shifts the mask. Lanes then hold TILE_M x TILE_N sums, see gemm_tile.clh.
// With SPLIT the sums of one slice of the slabs go to y as they are, and conv2d_gemm_reduce finishes them.
//
// Work:     groups of GROUP; a group = a tile of one slice of the slabs of one group of channels;
//           dim 0 = tiles of pixels * tiles of channels, the latter side by side, dim 1 = slices, dim 2 = groups.
// Buffers:  0-2 x view, blocked [groups * ceil(ic/4)][ih][iw][4]
//           3-5 y view, blocked [groups * ceil(oc/4)][oh][ow][4]; with SPLIT scratch
//               [slice][n][groups * ceil(oc/4)][oh][ow][4], its batch stride ignored
//           6 weights [group][ceil(oc/TILE_N)][tap][ceil(ceil(ic/4)/(TILE_K/4))][TILE_K][TILE_N], zeros beyond ic, oc
//           7 bias [groups * ceil(oc/4)*4]   8-10 residual view, as y
// Scalars:  11 has_residual   12 lo   13 hi (float)   14 n   15 ic   16 oc (of one group)
//           17 ih   18 iw   19 oh   20 ow   21 kernel_h   22 kernel_w   23 stride_h   24 stride_w
//           25 pad_top   26 pad_left   27 dilation_h   28 dilation_w
// Defines:  C = 4   GROUP, TILE_..., LANE_..., K_SHARES, SLABS_LOCAL, RUN_SLABS: see gemm_tile.clh
//           SPLIT = 0 or 1   MASK_BITS = 1, 32 or 64, at least the taps; 0 for more, which compares coordinates;
//           1 also promises that no pixel is padding   ACTIVATION(v)
// Host:     Conv2dGemm.java        Cases: cases/conv2d.txt

#ifndef C
#define C 4
#endif

#include "include/epilogue.clh"
#include "include/gemm_tile.clh"

#ifndef SPLIT
#define SPLIT 0
#endif
#ifndef MASK_BITS
#define MASK_BITS 64
#endif

#if MASK_BITS == 32
typedef uint TapMask;
#elif MASK_BITS == 64
typedef ulong TapMask;
#endif

// A pixel of the output whose inputs a lane reads: where its first tap is, and which taps lie on the image.
typedef struct {
  const __global float4 *first;
#if MASK_BITS == 0
  int y, x;  // of the first tap; far outside for a pixel that does not exist
#elif MASK_BITS == 1
  bool exists;
#else
  TapMask taps;  // bit 0: the tap of the next slab
#endif
} InputPixel;

// What all lanes of a group know of the convolution.
typedef struct {
  int n, ih, iw, oh, ow, kernel_h, kernel_w, stride_h, stride_w, pad_top, pad_left, dilation_h, dilation_w;
} Window;

// The place of the next slab: its tap, that tap's distance from the first in pixels, its first input channel block.
typedef struct {
  int ky, kx, distance, block;
} Walk;

INLINE InputPixel input_pixel(const int index, const Window w, const __global float *x, const long x_batch) {
  InputPixel p;
  const int pixels = w.oh * w.ow, n = index / pixels, pixel = index - n * pixels, oy = pixel / w.ow;
  const int y = oy * w.stride_h - w.pad_top, x0 = (pixel - oy * w.ow) * w.stride_w - w.pad_left;
  const bool exists = n < w.n;
  p.first = (const __global float4 *)(x + n * x_batch) + (y * w.iw + x0);
#if MASK_BITS == 0
  p.y = exists ? y : INT_MIN / 2;
  p.x = x0;
#elif MASK_BITS == 1
  p.exists = exists;
#else
  TapMask row = 0;
  for (int kx = 0, at = x0; kx < w.kernel_w; kx++, at += w.dilation_w) {
    row |= (TapMask)(exists && at >= 0 && at < w.iw) << kx;
  }
  p.taps = 0;
  for (int ky = 0, at = y; ky < w.kernel_h; ky++, at += w.dilation_h) {
    if (at >= 0 && at < w.ih) p.taps |= row << ky * w.kernel_w;
  }
#endif
  return p;
}

INLINE bool on_image(const InputPixel p, const Walk at, const Window w) {
#if MASK_BITS == 0
  const int y = p.y + at.ky * w.dilation_h, x = p.x + at.kx * w.dilation_w;
  return y >= 0 && y < w.ih && x >= 0 && x < w.iw;
#elif MASK_BITS == 1
  return p.exists;
#else
  return p.taps & 1;
#endif
}

// Pixels that a lane reads: of the slabs those that it copies, or its own rows.
#if !SLABS_LOCAL
#define INPUT_PIXELS LANE_M
#elif TILE_M > GROUP
#define INPUT_PIXELS (TILE_M / GROUP)
#else
#define INPUT_PIXELS 1
#endif

INLINE Walk walk_from(const int slab, const int tap_slabs, const Window w) {
  const int tap = slab / tap_slabs, ky = tap / w.kernel_w, kx = tap - ky * w.kernel_w;
  return (Walk){ky, kx, ky * w.dilation_h * w.iw + kx * w.dilation_w, (slab - tap * tap_slabs) * K_BLOCKS};
}

INLINE void forget_taps(InputPixel pixel[INPUT_PIXELS], const int count) {
#if MASK_BITS > 1
#pragma unroll
  for (int p = 0; p < INPUT_PIXELS; p++) pixel[p].taps >>= count;
#endif
}

INLINE void walk_on(Walk *at, const int ic_blocks, const Window w, InputPixel pixel[INPUT_PIXELS]) {
  at->block += K_BLOCKS;
#if MASK_BITS != 1
  if (at->block < ic_blocks) return;
  at->block = 0;
  at->kx++;
  at->distance += w.dilation_w;
  if (at->kx == w.kernel_w) {
    at->kx = 0;
    at->ky++;
    at->distance += w.dilation_h * w.iw - w.kernel_w * w.dilation_w;
  }
  forget_taps(pixel, 1);
#endif
}

// Block number k of the next slab at a pixel, zeros beyond the image and the channels.
INLINE float4 input_block(const InputPixel p, const Walk at, const int k, const int ic_blocks, const Window w) {
  float4 v = 0;
  if (at.block + k < ic_blocks && on_image(p, at, w)) v = p.first[at.distance + (at.block + k) * w.ih * w.iw];
  return v;
}

// Where finished blocks go.
typedef struct {
  __global float *y;
  long y_batch;
  const __global float *bias, *residual;
  long residual_batch;
  int has_residual, n, pixels, channels;
  float lo, hi;
} Output;

// Finishes 4 channels of one pixel of the batch.
INLINE void put(const Output out, const int index, const int block, float4 sum) {
  const int n = index / out.pixels;
  const long at = ((long)block * out.pixels + (index - n * out.pixels)) * C;
  if (n >= out.n || block * C >= out.channels) return;
#if !SPLIT
  sum += LOAD4(out.bias + block * C);
  if (out.has_residual) sum += LOAD4(out.residual + n * out.residual_batch + at);
  sum = epilogue(sum, 0, out.channels - block * C, out.lo, out.hi);
#endif
  STORE4(sum, out.y + n * out.y_batch + at);
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void conv2d_gemm(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int n, const int ic, const int oc, const int ih,
    const int iw, const int oh, const int ow, const int kernel_h, const int kernel_w, const int stride_h,
    const int stride_w, const int pad_top, const int pad_left, const int dilation_h, const int dilation_w) {
  const Window w = {
      n, ih, iw, oh, ow, kernel_h, kernel_w, stride_h, stride_w, pad_top, pad_left, dilation_h, dilation_w};
  const int ic_blocks = (ic + C - 1) / C, oc_blocks = (oc + C - 1) / C, plane = ih * iw;
  const int column_tiles = (oc + TILE_N - 1) / TILE_N, tap_slabs = (ic_blocks + K_BLOCKS - 1) / K_BLOCKS;
  const int row_tile = (int)get_group_id(0) / column_tiles,
            column_tile = (int)get_group_id(0) - row_tile * column_tiles;
  const int slice = (int)get_group_id(1), slices = (int)get_num_groups(1), group = (int)get_group_id(2);
  const int slabs = tap_slabs * kernel_h * kernel_w;
  const int begin = (int)((long)slabs * slice / slices), end = (int)((long)slabs * (slice + 1) / slices);
  const int lane = (int)get_local_id(0);
  const TileLane own = tile_lane();

  const __global float *from = VIEW_ITEM(x, 0) + (long)group * ic_blocks * plane * C;
  const __global float4 *right =
      (const __global float4 *)weights + (((long)group * column_tiles + column_tile) * slabs + begin) * RIGHT_SLAB;
  Walk at = walk_from(begin, tap_slabs, w);
  InputPixel pixel[INPUT_PIXELS];
#pragma unroll
  for (int p = 0; p < INPUT_PIXELS; p++) {
#if SLABS_LOCAL
    pixel[p] = input_pixel(row_tile * TILE_M + (lane + p * GROUP) % TILE_M, w, from, x_batch);
#else
    pixel[p] = input_pixel(row_tile * TILE_M + own.row + p * LANES_M, w, from, x_batch);
#endif
  }
  forget_taps(pixel, at.ky * kernel_w + at.kx);

  float4 sum[LANE_M][LANE_BLOCKS];
  tile_clear(sum);
#if SLABS_LOCAL
  __local float4 slabs_in[SLABS_FLOAT4S];
  right += lane;
#define INPUT input_block(pixel[i % INPUT_PIXELS], at, (lane + i * GROUP) / TILE_M, ic_blocks, w)
  TILE_SLABS(sum, slabs_in, own, begin, end, INPUT, right[i * GROUP], right += RIGHT_SLAB;
             walk_on(&at, ic_blocks, w, pixel))
#else
  right += own.block;
  TILE_TOTALS
  for (int s = begin; s < end; s++) {
#pragma unroll
    for (int k = 0; k < K_BLOCKS; k++) {
      float4 left[LANE_M];
      EACH_ROW left[i] = input_block(pixel[i], at, k, ic_blocks, w);
      tile_terms(sum, left, right + k * 4 * TILE_BLOCKS);
    }
    right += RIGHT_SLAB;
    walk_on(&at, ic_blocks, w, pixel);
    TILE_END_RUN(sum, s - begin + 1)
  }
  TILE_ADD_TOTALS(sum)
#endif

  const int pixels = oh * ow, row = row_tile * TILE_M, block = column_tile * TILE_BLOCKS;
  const long first = (long)group * oc_blocks * pixels * C;
  Output out = {VIEW_ITEM(y, 0) + first, y_batch, bias + group * oc_blocks * C, VIEW_ITEM(residual, 0) + first,
      residual_batch, has_residual, n, pixels, oc, lo, hi};
#if SPLIT
  out.y_batch = (long)oc_blocks * (int)get_num_groups(2) * pixels * C;
  out.y += slice * n * out.y_batch;
#endif
#define PUT(r, b, v) put(out, row + (r), block + (b), v)
  TILE_SUMS(sum, slabs_in, own, PUT)
}
