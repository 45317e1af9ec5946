// conv2d_winograd - 3x3 convolution, stride 1, by Winograd's F(m x m, 3 x 3); transformed tiles stay in local memory.
//
// Work:     one work-item per group, without barriers; dim 0 = runs of tiles of even lengths, dim 1 = shares of the
//           output channels (each share transforms its tiles again). While it multiplies, a work-item asks for the next
//           run's inputs and for its own outputs.
// Buffers:  0-2 x view, blocked [ceil(ic/C)][ih][iw][C]   3-5 y view, blocked [ceil(oc/C)][oh][ow][C]
//           6 weights as winograd.clh says   7 bias [ceil(oc/C)*C]   8-10 residual view, as y
// Scalars:  11 has_residual   12 lo   13 hi   14 batch   15 ic   16 ih   17 iw   18 oc   19 oh   20 ow   21 pad_top
//           22 pad_left   23 capacity = the most rows that a run needs, wino_rows(wino_groups(tiles of the run))
// Local:    24 (m+2)^2 * (ceil(ic/C)*capacity + 1) * C floats   25 (m+2)^2 * (capacity*WINO_BLOCKS + 1) * C floats
// Defines:  those of winograd.clh
// Host:     Conv2dWinograd.java        Cases: cases/conv2d_winograd.txt

#include "include/winograd.clh"

WINO_TRANSFORMS(__local)
WINO_MULTIPLY(__local)

// The shape of the problem.
typedef struct {
  int ic_blocks, ih, iw, oh, ow, pad_top, pad_left;
} WinoShape;

// Asks for the inputs of point k's place in `count` tiles: those that no tile before them shares.
static inline void touch_inputs(
    const int k, WinoTile tile, const int count, const __global float *x, const long x_batch, const WinoShape s) {
  const int i = k / WINO_N, j = k % WINO_N;
  if (i < 2 || j < 2) return;
  for (int t = 0; t < count; t++, tile = wino_next(tile, s.oh, s.ow)) {
    const __global float *from =
        x + tile.n * x_batch + ((long)(tile.y + i - s.pad_top) * s.iw + tile.x + j - s.pad_left) * C;
    for (int b = 0; b < s.ic_blocks; b++) PREFETCH_READ(from + (long)b * s.ih * s.iw * C);
  }
}

// Asks for the outputs at place k of `count` tiles.
static inline void touch_outputs(
    const int k, WinoTile tile, const int count, __global float *y, const long y_batch, const WinoShape s) {
  if (k >= WINO_M * WINO_M) return;
  for (int t = 0; t < count; t++, tile = wino_next(tile, s.oh, s.ow)) {
    __global float *to = y + tile.n * y_batch + ((long)(tile.y + k / WINO_M) * s.ow + tile.x + k % WINO_M) * C;
    for (int b = 0; b < WINO_BLOCKS; b++) PREFETCH_WRITE(to + (long)b * s.oh * s.ow * C);
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_winograd(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int batch, const int ic, const int ih,
    const int iw, const int oc, const int oh, const int ow, const int pad_top, const int pad_left, const int capacity,
    __local float *restrict v, __local float *restrict m) {
  const int run = get_global_id(0), runs = get_global_size(0), share = get_global_id(1), shares = get_global_size(1);
  const int tiles = wino_tiles(batch, oh, ow);
  const int first = (long)tiles * run / runs, count = (int)((long)tiles * (run + 1) / runs) - first;
  const WinoShape s = {(ic + C - 1) / C, ih, iw, oh, ow, pad_top, pad_left};
  const WinoGroups groups = wino_groups(count);
  const WinoTile start = wino_tile(first, oh, ow), next = wino_tile(first + count, oh, ow);
  const int v_step = (s.ic_blocks * capacity + 1) * C, m_step = (capacity * WINO_BLOCKS + 1) * C;

  WinoTile tile = start;
  for (int i = 0; i < wino_group_count(groups); i++) {
    const WinoGroup group = wino_group(groups, i);
    for (int t = group.first; t < min(count, group.first + group.size); t++, tile = wino_next(tile, oh, ow))
      for (int b = 0; b < s.ic_blocks; b++)
        wino_transform_input(VIEW_ITEM(x, tile.n) + (long)b * ih * iw * C, ih, iw, tile.y - pad_top, tile.x - pad_left,
            v + (group.first * s.ic_blocks + b * group.size + t - group.first) * C, v_step);
  }

  const int panels = (oc + WINO_WIDTH - 1) / WINO_WIDTH, panel = s.ic_blocks * C * WINO_WIDTH;
  const int begin = panels * share / shares, end = panels * (share + 1) / shares;
  const int lines = (C * WINO_WIDTH / CACHE_LINE + wino_group_count(groups) - 1) / wino_group_count(groups);
  for (int g = begin; g < end; g++) {
    const __global float *u = weights + (long)g * WINO_POINTS * panel;
    const long plane = (long)g * WINO_BLOCKS * oh * ow * C;
    for (int k = 0; k < WINO_POINTS; k++, u += panel) {
      if (g == begin && run + 1 < runs) touch_inputs(k, next, count, VIEW_ITEM(x, 0), x_batch, s);
      touch_outputs(k, start, count, VIEW_ITEM(y, 0) + plane, y_batch, s);
      for (int i = 0; i < wino_group_count(groups); i++) {
        const WinoGroup group = wino_group(groups, i);
        wino_multiply(group.size, v + k * v_step + group.first * s.ic_blocks * C, u,
            m + k * m_step + group.first * WINO_WIDTH, s.ic_blocks,
            u + panel + (long)i * s.ic_blocks * lines * CACHE_LINE, lines);
      }
    }
    tile = start;
    for (int t = 0; t < count; t++, tile = wino_next(tile, oh, ow))
      for (int b = 0; b < WINO_BLOCKS && (g * WINO_BLOCKS + b) * C < oc; b++) {
        const long at = plane + (((long)b * oh + tile.y) * ow + tile.x) * C;
        const int channel = (g * WINO_BLOCKS + b) * C;
        const WinoOutput out = {VIEW_ITEM(y, tile.n) + at, has_residual ? VIEW_ITEM(residual, tile.n) + at : 0,
            oh - tile.y, ow - tile.x, ow, oc - channel};
        wino_transform_output(m + (t * WINO_BLOCKS + b) * C, m_step, LOADC(bias + channel), out, lo, hi);
      }
  }
}
