// conv2d_stem_gpu - convolution of a plain image of few channels, output blocked: the first layer of a network.
//
// Work:     groups of GROUP = TILE_ROWS * TILE_BLOCKS / LANE_BLOCKS; dim 0 = tiles of 8 columns x TILE_ROWS rows of the
//           output, across, down, over the batch; dim 1 = tiles of 4 * TILE_BLOCKS output channels. The group copies
//           what its tile reads of PATCH_CHANNELS channels, padding as zeros, into local memory; a work-item sums one
//           column of 8 pixels at LANE_BLOCKS channel blocks.
// Buffers:  0-2 x PLAIN [ic][ih][iw] (view)   3-5 y blocked [ceil(oc/4)][oh][ow][4] (view)
//           6 weights: per tile [ic][KH][KW][4*TILE_BLOCKS], zeros where a channel does not exist
//           7 bias [tiles*4*TILE_BLOCKS]   8-10 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 ic   15 oc   16 ih   17 iw   18 oh   19 ow   20 pad_top   21 pad_left
// Defines:  C = 4;  KH, KW, STRIDE_H, STRIDE_W, DILATION_H, DILATION_W = the window;  TILE_ROWS = 8 or 16;
//           TILE_BLOCKS, a multiple of LANE_BLOCKS = 1 or 2;  PATCH_CHANNELS;  ACTIVATION(v)
// In place: no.
// Host:     Conv2dStemGpu.java        Cases: cases/conv2d.txt

#ifndef C
#define C 4
#endif

#include "include/block4.clh"
#include "include/epilogue.clh"

#ifndef KH
#define KH 7
#endif
#ifndef KW
#define KW 7
#endif
#ifndef STRIDE_H
#define STRIDE_H 2
#endif
#ifndef STRIDE_W
#define STRIDE_W 2
#endif
#ifndef DILATION_H
#define DILATION_H 1
#endif
#ifndef DILATION_W
#define DILATION_W 1
#endif
#ifndef TILE_ROWS
#define TILE_ROWS 8
#endif
#ifndef TILE_BLOCKS
#define TILE_BLOCKS 16
#endif
#ifndef LANE_BLOCKS
#define LANE_BLOCKS 1
#endif
#ifndef PATCH_CHANNELS
#define PATCH_CHANNELS 3
#endif

#define GROUP (TILE_ROWS * TILE_BLOCKS / LANE_BLOCKS)
#define COLUMNS 8
#define LANE_ROWS 8
#define CHANNEL_LANES (TILE_BLOCKS / LANE_BLOCKS)
#define PATCH_H ((TILE_ROWS - 1) * STRIDE_H + (KH - 1) * DILATION_H + 1)
#define PATCH_W ((COLUMNS - 1) * STRIDE_W + (KW - 1) * DILATION_W + 1)
#define PATCH_SIZE (PATCH_H * PATCH_W)

#define EACH_ROW _Pragma("unroll") for (int p = 0; p < LANE_ROWS; ++p)
#define EACH_BLOCK _Pragma("unroll") for (int b = 0; b < LANE_BLOCKS; ++b)

// Unrolled, the sums of two blocks would leave no registers for what is loaded ahead.
#if LANE_BLOCKS == 1
#define UNROLL_COLUMNS _Pragma("unroll")
#else
#define UNROLL_COLUMNS _Pragma("unroll 1")
#endif

// Copies `channels` planes of ih x iw from (y, x) on, zeros outside of the image.
static inline void copy_patch(__local float *restrict patch, const __global float *restrict image, const int channels,
    const int ih, const int iw, const int y, const int x) {
  for (int i = get_local_id(0); i < channels * PATCH_SIZE; i += GROUP) {
    const int channel = i / PATCH_SIZE, row = y + i % PATCH_SIZE / PATCH_W, column = x + i % PATCH_W;
    const bool inside = row >= 0 && row < ih && column >= 0 && column < iw;
    patch[i] = inside ? image[((long)channel * ih + row) * iw + column] : 0.0f;
  }
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void conv2d_stem_gpu(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int ic, const int oc, const int ih, const int iw,
    const int oh, const int ow, const int pad_top, const int pad_left) {
  __local float patch[PATCH_CHANNELS * PATCH_SIZE];
  const int across = (ow + COLUMNS - 1) / COLUMNS, down = (oh + TILE_ROWS - 1) / TILE_ROWS;
  const int tile = get_group_id(0), lane = get_local_id(0);
  const int n = tile / (across * down), top = tile / across % down * TILE_ROWS, left = tile % across * COLUMNS;
  const int column = lane % COLUMNS, first = lane / COLUMNS % CHANNEL_LANES;
  const int row = lane / (COLUMNS * CHANNEL_LANES) * LANE_ROWS;

  const int own = get_group_id(1) * TILE_BLOCKS + first;
  const __global float *w = weights + ((long)get_group_id(1) * ic * KH * KW * TILE_BLOCKS + first) * C;
  floatC sum[LANE_ROWS][LANE_BLOCKS];
  EACH_BLOCK {
    const floatC start = LOAD4(bias + (own + b * CHANNEL_LANES) * C);
    EACH_ROW sum[p][b] = start;
  }

  for (int c = 0; c < ic; c += PATCH_CHANNELS) {
    const int channels = min(PATCH_CHANNELS, ic - c);
    barrier(CLK_LOCAL_MEM_FENCE);
    copy_patch(patch, VIEW_ITEM(x, n) + (long)c * ih * iw, channels, ih, iw, top * STRIDE_H - pad_top,
        left * STRIDE_W - pad_left);
    barrier(CLK_LOCAL_MEM_FENCE);
    const __local float *from = patch + row * STRIDE_H * PATCH_W + column * STRIDE_W;
    for (int i = 0; i < channels; ++i, from += PATCH_SIZE) {
#pragma unroll 1
      for (int kh = 0; kh < KH; ++kh) {
        const __local float *line = from + kh * DILATION_H * PATCH_W;
        UNROLL_COLUMNS for (int kw = 0; kw < KW; ++kw, w += TILE_BLOCKS * C) {
          floatC factor[LANE_BLOCKS];
          EACH_BLOCK factor[b] = LOAD4(w + b * CHANNEL_LANES * C);
          EACH_ROW {
            const floatC value = line[p * STRIDE_H * PATCH_W + kw * DILATION_W];
            EACH_BLOCK sum[p][b] = fma(value, factor[b], sum[p][b]);
          }
        }
      }
    }
  }

  if (left + column >= ow) return;
  EACH_ROW if (top + row + p < oh) {
    EACH_BLOCK {
      const int block = own + b * CHANNEL_LANES;
      if (block * C >= oc) continue;
      const long at = (((long)block * oh + top + row + p) * ow + left + column) * C;
      floatC v = sum[p][b];
      if (has_residual) v += LOAD4(VIEW_ITEM(residual, n) + at);
      STORE4(epilogue(v, 0, oc - block * C, lo, hi), VIEW_ITEM(y, n) + at);
    }
  }
}
