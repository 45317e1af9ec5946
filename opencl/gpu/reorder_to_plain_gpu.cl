// reorder_to_plain_gpu - copies an image in channel blocks into PLAIN order.
//
// Neighbours are neighbouring pixels, so that the load and each of the four stores touch whole lines.
//
// Work:     groups of GROUP; a work-item = one block of one pixel; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][pixels][4]   3-5 y view, PLAIN [channels][pixels]
// Scalars:  6 channels   7 pixels = H*W
// Defines:  GROUP
// Host:     ReorderGpu.java        Cases: cases/reorder.txt

#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void reorder_to_plain_gpu(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels) {
  const uint at = get_global_id(0);
  const int block = at / pixels, count = channels - block * 4;
  if (count <= 0) return;
  const float4 v = LOAD4(VIEW_ITEM(x, get_global_id(2)) + (long)at * 4);
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + (long)block * 3 * pixels + at;
  to[0] = v.x;
  if (count > 1) to[pixels] = v.y;
  if (count > 2) to[2L * pixels] = v.z;
  if (count > 3) to[3L * pixels] = v.w;
}
