// conv2d_winograd_input - first of the three steps of a Winograd convolution through scratch: transforms the tiles.
//
// A call takes `tiles` tiles from `first` on; calls over all tiles in turn need less scratch than one.
// Work:     one work-item per group; dim 0 = groups of wino_groups(tiles), dim 1 = shares of the channel blocks.
// Buffers:  0-2 x view, blocked [ceil(ic/C)][ih][iw][C]
//           3-5 v view, PLAIN (m+2)^2 points of (rows*ceil(ic/C) + 1)*C floats, rows = wino_rows(wino_groups(tiles)):
//             [group][ceil(ic/C)][row of group][C]; rows that are no tile are left alone
// Scalars:  6 ic   7 ih   8 iw   9 oh   10 ow   11 pad_top   12 pad_left   13 first   14 tiles
// Defines:  those of winograd.clh
// Host:     Conv2dWinogradStaged.java        Cases: cases/conv2d_winograd.txt

#include "include/winograd.clh"

WINO_TRANSFORMS(__global)

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_winograd_input(IN_VIEW(x), OUT_VIEW(v),
    const int ic, const int ih, const int iw, const int oh, const int ow, const int pad_top, const int pad_left,
    const int first, const int tiles) {
  const int ic_blocks = (ic + C - 1) / C, share = get_global_id(1), shares = get_global_size(1);
  const WinoGroups groups = wino_groups(tiles);
  const WinoGroup group = wino_group(groups, get_global_id(0));
  const int step = (wino_rows(groups) * ic_blocks + 1) * C;
  WinoTile tile = wino_tile(first + group.first, oh, ow);
  for (int t = group.first; t < min(tiles, group.first + group.size); t++, tile = wino_next(tile, oh, ow))
    for (int b = ic_blocks * share / shares; b < ic_blocks * (share + 1) / shares; b++)
      wino_transform_input(VIEW_ITEM(x, tile.n) + (long)b * ih * iw * C, ih, iw, tile.y - pad_top, tile.x - pad_left,
          VIEW_ITEM(v, 0) + (group.first * ic_blocks + b * group.size + t - group.first) * C, step);
}
