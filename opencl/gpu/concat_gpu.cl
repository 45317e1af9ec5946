// concat_gpu - copies one input of a concatenation along the channels into the output, from any channel on.
//
// The inputs of one output are copied in order of channels: each writes its own lanes and zeros the rest of its
// last block, which the next fills.
//
// Work:     groups of GROUP; a work-item = one pixel of a block of the output that the input touches; dim 0 = touched
//           blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][pixels][4]   3-5 y view of the whole output, blocked
// Scalars:  6 channels of x   7 pixels = H*W   8 channel_offset: where x begins in y
// Defines:  GROUP
// Host:     ConcatBlockedGpu.java        Cases: cases/concat.txt

#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void concat_gpu(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels, const int channel_offset) {
  const uint at = get_global_id(0);
  const int touched = at / pixels, before = channel_offset & 3;
  if (touched * 4 >= before + channels) return;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)at * 4;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + ((long)(channel_offset >> 2) * pixels + at) * 4;

  const float4 lower = before > 0 && touched > 0 ? LOAD4(from - (long)pixels * 4) : (float4)(0.0f);
  const float4 upper = touched * 4 < channels ? LOAD4(from) : (float4)(0.0f);
  const float4 v = straddle(lower, upper, before);
  if (touched > 0 || before == 0) {
    STORE4(v, to);
  } else {
    if (before < 2) to[1] = v.y;
    if (before < 3) to[2] = v.z;
    to[3] = v.w;
  }
}
