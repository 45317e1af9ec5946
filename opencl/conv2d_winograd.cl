// conv2d_winograd - 3x3 convolution, stride 1, by Winograd's F(m x m, 3 x 3); transformed tiles stay in local memory.
//
// Work:     one work-item per group, without barriers; dim 0 = runs of `run` tiles (row-major over batch, down, across),
//           dim 1 = shares of the output channels (each share transforms its tiles again).
// Buffers:  0-2 x view, blocked [ceil(ic/C)][ih][iw][C]   3-5 y view, blocked [ceil(oc/C)][oh][ow][C]
//           6 weights [ceil(oc/W)][(m+2)^2][ceil(ic/C)*C][W], W = WINO_BLOCKS*C: G g G^T of winograd.clh, row-major points
//           7 bias [ceil(oc/W)*W]   8-10 residual view, as y
// Scalars:  11 has_residual   12 lo   13 hi   14 batch   15 ic   16 ih   17 iw   18 oc   19 oh   20 ow   21 pad_top
//           22 pad_left   23 run, a multiple of WINO_ROWS/2
// Local:    24 (m+2)^2 * (ceil(ic/C)*run + 1) * C floats   25 (m+2)^2 * (run*WINO_BLOCKS + 1) * C floats
// Defines:  C = channel block, WINO_M = m, 2 or 4, WINO_ROWS and WINO_BLOCKS = register tile, ACTIVATION
// Host:     op/Conv2dWinograd.java        Cases: cases/conv2d_winograd.txt

#include "include/winograd.clh"

WINO_TRANSFORM_INPUT(__local)
WINO_MULTIPLY(multiply_rows, WINO_ROWS, __local)
WINO_MULTIPLY(multiply_half, WINO_HALF, __local)

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_winograd(
    IN_VIEW(x), OUT_VIEW(y), const __global float *restrict weights, EPILOGUE_PARAMETERS, const int batch,
    const int ic, const int ih, const int iw, const int oc, const int oh, const int ow, const int pad_top,
    const int pad_left, const int run, __local float *restrict v, __local float *restrict m) {
  const int first = (int)get_global_id(0) * run;
  const int count = min(run, wino_tiles(batch, oh, ow) - first);
  const int rows = (count + WINO_HALF - 1) / WINO_HALF * WINO_HALF;
  const int ic_blocks = (ic + C - 1) / C, groups = (oc + WINO_WIDTH - 1) / WINO_WIDTH;
  const int share = get_global_id(1), shares = get_global_size(1);
  const int v_step = (ic_blocks * run + 1) * C, m_step = (run * WINO_BLOCKS + 1) * C;

  for (int t = 0; t < count; t++) {
    const WinoTile tile = wino_tile(first + t, oh, ow);
    for (int b = 0; b < ic_blocks; b++)
      wino_transform_input(VIEW_ITEM(x, tile.n) + (long)b * ih * iw * C, ih, iw, tile.y - pad_top, tile.x - pad_left,
                           v + (b * run + t) * C, v_step);
  }
  for (int t = count; t < rows; t++)
    for (int b = 0; b < ic_blocks; b++)
      for (int k = 0; k < WINO_POINTS; k++) STOREC((floatC)(0), v + k * v_step + (b * run + t) * C);

  for (int g = groups * share / shares; g < groups * (share + 1) / shares; g++) {
    const __global float *u = weights + (long)g * WINO_POINTS * ic_blocks * C * WINO_WIDTH;
    for (int k = 0; k < WINO_POINTS; k++, u += (long)ic_blocks * C * WINO_WIDTH) {
      int t = 0;
      for (; t + WINO_ROWS <= rows; t += WINO_ROWS)
        multiply_rows(v + k * v_step + t * C, run * C, u, m + k * m_step + t * WINO_WIDTH, ic_blocks);
      if (t < rows) multiply_half(v + k * v_step + t * C, run * C, u, m + k * m_step + t * WINO_WIDTH, ic_blocks);
    }
    for (int t = 0; t < count; t++) {
      const WinoTile tile = wino_tile(first + t, oh, ow);
      for (int b = g * WINO_BLOCKS; b < min((g + 1) * WINO_BLOCKS, (oc + C - 1) / C); b++) {
        const long at = (((long)b * oh + tile.y) * ow + tile.x) * C;
        const WinoOutput out = {VIEW_ITEM(y, tile.n) + at, has_residual ? VIEW_ITEM(residual, tile.n) + at : 0,
                                oh - tile.y, ow - tile.x, ow, oc - b * C};
        wino_transform_output(m + (t * WINO_BLOCKS + b - g * WINO_BLOCKS) * C, m_step, LOADC(bias + b * C), out, lo, hi);
      }
    }
  }
}
