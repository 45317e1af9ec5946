// reorder_to_blocked_gpu - copies a PLAIN image into channel blocks; the last block's padded lanes become zero.
//
// Neighbours are neighbouring pixels, so that each of the four loads and the store touch whole lines.
//
// Work:     groups of GROUP; a work-item = one block of one pixel; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 x view, PLAIN [channels][pixels]   3-5 y view, blocked [ceil(channels/4)][pixels][4]
// Scalars:  6 channels   7 pixels = H*W
// Defines:  GROUP
// Host:     ReorderGpu.java        Cases: cases/reorder.txt

#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void reorder_to_blocked_gpu(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels) {
  const uint at = get_global_id(0);
  const int block = at / pixels, count = channels - block * 4;
  if (count <= 0) return;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)block * 3 * pixels + at;
  float4 v = (float4)(0.0f);
  v.x = from[0];
  if (count > 1) v.y = from[pixels];
  if (count > 2) v.z = from[2L * pixels];
  if (count > 3) v.w = from[3L * pixels];
  STORE4(v, VIEW_ITEM(y, get_global_id(2)) + (long)at * 4);
}
