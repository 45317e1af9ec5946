// gather_channels - the channels of an image that a table names, in its order: y[c] = x[table[c]].
//
// Work:     one work-item per group; dim 0 = output channel blocks, dim 1 = runs of 256 pixels, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [][pixels][C]   3 table (int) [oc], of channels of x   4-6 y view, blocked [oc]
// Scalars:  7 oc   8 pixels = H*W
// Defines:  C = channel block
// Host:     GatherChannels.java        Cases: cases/gather_channels.txt

#include "include/channel_lanes.clh"
#include "include/view.clh"

// Pixels of a work-item; the host counts with the same figure.
#define RUN 256

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void gather_channels(
    IN_VIEW(x), const __global int *restrict table, OUT_VIEW(y), const int oc, const int pixels) {
  const int block = get_global_id(0);
  const int first = (int)get_global_id(1) * RUN;
  const int length = min(RUN, pixels - first);
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + first * C;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)block * pixels + first) * C;
  ChannelLanes lanes = {.sources = 0};
  for (int lane = 0; lane < C; lane++) {
    const int c = block * C + lane < oc ? table[block * C + lane] : -1;
    channel_lane(&lanes, lane, c < 0 ? 0 : from + (long)(c / C) * pixels * C, c % C);
  }
  channel_lanes_copy(lanes, to, length);
}
