// max_unpool - elements put back to where a maximum pooling took them from, PLAIN; in place: no.
//
// Work:     one work-item per group; dim 1 = channels, dim 2 = batch items.
// Buffers:  0-2 x view [channels][elements]   3-5 indices view of int64, likewise   6-8 y view [channels][od][oh][ow]
// Scalars:  9 channels   10 elements of a plane   11 depth   12 h   13 w of the image that indices are of, which
//           lies at the start of each plane of y   14 od   15 oh   16 ow
// Defines:  none
// Host:     MaxUnpoolKernel.java        Cases: cases/max_unpool.txt

#include "include/max_unpool.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void max_unpool(IN_VIEW(x),
    const __global long *restrict indices, const long indices_offset, const long indices_batch, OUT_VIEW(y), PLANES) {
  const int c = get_global_id(1), item = get_global_id(2);
  const long plane = (long)c * elements, first = ((long)item * channels + c) * depth * h * w;
  unpool(VIEW_ITEM(x, item) + plane, VIEW_ITEM(indices, item) + plane, VIEW_ITEM(y, item) + (long)c * od * oh * ow,
      first, 0, 1, channels, elements, depth, h, w, od, oh, ow);
}
