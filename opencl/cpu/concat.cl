// concat - copies one input of a concatenation along the channels into the output, from any channel on.
//
// The inputs of one output are copied in order of channels: each writes its own lanes and zeros the rest of its
// last block, which the next fills.
//
// Work:     one work-item per group; dim 0 = runs of 256 pixels, dim 1 = blocks of the output that the input
//           touches, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][pixels][C]   3-5 y view of the whole output, blocked
// Scalars:  6 channels of x   7 pixels = H*W   8 channel_offset: where x begins in y
// Defines:  C = channel block
// Host:     ConcatBlocked.java        Cases: cases/concat.txt

#include "include/channel_lanes.clh"
#include "include/view.clh"

// Pixels of a work-item; the host counts with the same figure.
#define RUN 256

static inline void copy(const __global float *from, __global float *to, int length) {
  for (int p = 0; p < length; p++) STOREC(LOADC(from + p * C), to + p * C);
}

// Lanes [begin, C) of each pixel of an output block, whose lane 0 is x's channel `channel`; the others stay.
static inline void shift(
    const __global float *x, __global float *to, int length, int pixels, int channel, int begin, int channels) {
  ChannelLanes lanes = {.sources = 0};
  for (int lane = 0; lane < C; lane++) {
    const int c = channel + lane;
    if (lane < begin) channel_lane(&lanes, lane, to, lane);
    else channel_lane(&lanes, lane, c < channels ? x + (long)(c / C) * pixels * C : 0, c % C);
  }
  channel_lanes_copy(lanes, to, length);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void concat(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels, const int channel_offset) {
  const int first = (int)get_global_id(0) * RUN;
  const int length = min(RUN, pixels - first);
  const int touched = get_global_id(1);
  const __global float *from = VIEW_ITEM(x, get_global_id(2));
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)(channel_offset / C + touched) * pixels + first) * C;
  const int lanes_before = channel_offset % C;
  if (lanes_before == 0) {
    copy(from + ((long)touched * pixels + first) * C, to, length);
  } else {
    const int channel = touched * C - lanes_before;
    shift(from + first * C, to, length, pixels, channel, touched ? 0 : lanes_before, channels);
  }
}
