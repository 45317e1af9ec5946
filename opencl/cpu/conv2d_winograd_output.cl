// conv2d_winograd_output - last step of a Winograd convolution through scratch: transforms the products back, epilogue.
//
// Work:     one work-item per group; dim 0 = groups of wino_groups(tiles), dim 1 = panels of output channels.
// Buffers:  0-2 m view, as conv2d_winograd_multiply leaves it   3-5 y view, blocked [ceil(oc/C)][oh][ow][C]
//           6 bias [ceil(oc/C)*C]   7-9 residual view, as y
// Scalars:  10 has_residual   11 lo   12 hi   13 oc   14 oh   15 ow   16 first   17 tiles
// Defines:  those of winograd.clh
// Host:     Conv2dWinogradStaged.java        Cases: cases/conv2d_winograd.txt

#include "include/winograd.clh"

WINO_TRANSFORMS(__global)

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_winograd_output(IN_VIEW(m), OUT_VIEW(y),
    EPILOGUE_PARAMETERS, const int oc, const int oh, const int ow, const int first, const int tiles) {
  const WinoGroup group = wino_group(wino_groups(tiles), get_global_id(0));
  const int g = get_global_id(1), panels = get_global_size(1);
  const __global float *from =
      VIEW_ITEM(m, 0) + ((long)group.first * panels + g * group.size) * WINO_POINTS * WINO_WIDTH;
  WinoTile tile = wino_tile(first + group.first, oh, ow);
  for (int t = 0; t < min(tiles - group.first, group.size); t++, tile = wino_next(tile, oh, ow))
    for (int b = 0; b < WINO_BLOCKS && (g * WINO_BLOCKS + b) * C < oc; b++) {
      const int channel = (g * WINO_BLOCKS + b) * C;
      const long at = (((long)(g * WINO_BLOCKS + b) * oh + tile.y) * ow + tile.x) * C;
      const WinoOutput out = {VIEW_ITEM(y, tile.n) + at, has_residual ? VIEW_ITEM(residual, tile.n) + at : 0,
          oh - tile.y, ow - tile.x, ow, oc - channel};
      wino_transform_output(
          from + (t * WINO_BLOCKS + b) * C, group.size * WINO_WIDTH, LOADC(bias + channel), out, lo, hi);
    }
}
