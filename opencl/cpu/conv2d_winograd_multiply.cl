// conv2d_winograd_multiply - second step of a Winograd convolution through scratch: for each point the matrix product
// of transformed tiles and weights.
//
// Work:     one work-item per group, without barriers; dim 0 = points, dim 1 = shares of the output channels.
// Buffers:  0-2 v view, as conv2d_winograd_input leaves it
//           3-5 m view, PLAIN [group][ceil(oc/WINO_WIDTH)][(m+2)^2][row of group][WINO_WIDTH]
//           6 weights as winograd.clh says
// Scalars:  7 ic   8 oc   9 tiles   10 run = groups whose transformed tiles should stay in cache meanwhile
// Defines:  those of winograd.clh
// Host:     Conv2dWinogradStaged.java        Cases: cases/conv2d_winograd.txt

#include "include/winograd.clh"

WINO_MULTIPLY(__global)

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_winograd_multiply(IN_VIEW(v), OUT_VIEW(m),
    const __global float *restrict weights, const int ic, const int oc, const int tiles, const int run) {
  const int k = get_global_id(0), share = get_global_id(1), shares = get_global_size(1);
  const WinoGroups groups = wino_groups(tiles);
  const int count = wino_group_count(groups), runs = (count + run - 1) / run;
  const int ic_blocks = (ic + C - 1) / C, panels = (oc + WINO_WIDTH - 1) / WINO_WIDTH,
            panel = ic_blocks * C * WINO_WIDTH;
  const __global float *vk = VIEW_ITEM(v, 0) + (long)k * (wino_rows(groups) * ic_blocks + 1) * C;
  for (int r = 0; r < runs; r++) {
    const int begin = count * r / runs, end = count * (r + 1) / runs;
    const int lines = (C * WINO_WIDTH / CACHE_LINE + end - begin - 1) / (end - begin);
    for (int g = panels * share / shares; g < panels * (share + 1) / shares; g++) {
      const __global float *u = weights + ((long)g * WINO_POINTS + k) * panel;
      for (int i = begin; i < end; i++) {
        const WinoGroup group = wino_group(groups, i);
        const long at = ((long)group.first * panels + g * group.size) * WINO_POINTS + k * group.size;
        wino_multiply(group.size, vk + group.first * ic_blocks * C, u, VIEW_ITEM(m, 0) + at * WINO_WIDTH, ic_blocks,
            u + WINO_POINTS * panel + (long)(i - begin) * ic_blocks * lines * CACHE_LINE, lines);
      }
    }
  }
}
