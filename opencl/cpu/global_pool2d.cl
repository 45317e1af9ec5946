// global_pool2d - average or maximum over all pixels of each channel.
//
// Work:     one work-item per group; dim 0 = channel blocks, dim 1 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][pixels][C]   3-5 y view, blocked [ceil(channels/C)][1][C]
// Scalars:  6 channels   7 pixels = H*W
// Defines:  C = channel block   POOL_MAX 1 = maximum, 0 = average
// Host:     GlobalPool2dKernel.java        Cases: cases/global_pool2d.txt

#include "include/pool.clh"

#define JOIN(a, b) pool_step((a), (b))
#include "include/pairwise.clh"
#include "include/view.clh"

#define RUN (4 * PAIRWISE_RUN)

// A run of pixels; four chains hide the latency of an addition.
static inline floatC reduce(const __global float *from, const int pixels) {
  floatC part[4] = {POOL_START, POOL_START, POOL_START, POOL_START};
  int p = 0;
  for (; p + 4 <= pixels; p += 4) {
    for (int i = 0; i < 4; i++) part[i] = pool_step(part[i], LOADC(from + (p + i) * C));
  }
  for (; p < pixels; p++) part[0] = pool_step(part[0], LOADC(from + p * C));
  return pool_step(pool_step(part[0], part[1]), pool_step(part[2], part[3]));
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void global_pool2d(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels) {
  const int block = get_global_id(0);
  const __global float *from = VIEW_ITEM(x, get_global_id(1)) + (long)block * pixels * C;
  __global float *to = VIEW_ITEM(y, get_global_id(1)) + (long)block * C;

  Pairwise all;
  all.runs = 0;
  for (int p = 0; p < pixels; p += RUN) {
    pairwise_add(&all, reduce(from + (long)p * C, min(RUN, pixels - p)));
  }
  const floatC so = pairwise_all(&all, POOL_START);
  STOREC(MASKC(pool_finish(so, pixels), channels - block * C), to);
}
