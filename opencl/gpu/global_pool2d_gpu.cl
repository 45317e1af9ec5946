// global_pool2d_gpu - average or maximum over all pixels of each channel.
//
// Work:     groups of GROUP, teams of TEAM work-items a channel block (rows.clh, ALONG 1), a work-item a pixel at a
//           time; dim 0 = groups of ROWS blocks, over the batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][pixels][4]   3-5 y view, blocked [ceil(channels/4)][1][4]
// Scalars:  6 channels   7 pixels = H*W   8 rows: channel blocks of the whole batch
// Defines:  C = 4   POOL_MAX 1 = maximum, 0 = average   GROUP   TEAM
// Host:     GlobalPool2dGpu.java        Cases: cases/global_pool2d.txt

#ifndef C
#define C 4
#endif
#include "include/block4.clh"
#include "include/pool.clh"

#define RESULT float4
#include "include/rows.clh"
#include "include/view.clh"

TEAM_JOIN(team_pool, pool_step)

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void global_pool2d_gpu(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels, const int rows) {
  __local float4 shared[GROUP];
  const int blocks = (channels + C - 1) / C;
  const int row = (int)min(TEAM_ROW, (long)rows - 1);
  const int item = row / blocks, block = row % blocks;
  const __global float *from = VIEW_ITEM(x, item) + (long)block * pixels * C;

  Runs so = runs_none(POOL_START);
  for (int p = MEMBER; p < pixels;) {
    float4 run = POOL_START;
    for (int i = 0; i < RUN && p < pixels; i++, p += TEAM) run = pool_step(run, LOAD4(from + (long)p * C));
    RUNS_ADD(so, run, POOL_START, pool_step)
  }
  const float4 all = pool_finish(team_pool(pool_step(so.all, so.part), shared), pixels);
  if (MEMBER == 0 && TEAM_ROW < rows) {
    STORE4(MASKC(all, channels - block * C), VIEW_ITEM(y, item) + (long)block * C);
  }
}
