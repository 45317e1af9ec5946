// calibrate_bandwidth - sums a long buffer: how fast a device reads its memory, and a known answer.
//
// Work:     one work-item per slice of `count` blocks, dim 0; blocks of one slice lie `stride` blocks apart.
// Buffers:  0 x [slices * count][C]   1 y [slices][C], the sums
// Scalars:  2 count   3 first: blocks from one slice's first block to the next's   4 stride
// Defines:  C = vector width
// Host:     Meter.java        Cases: cases/calibrate_bandwidth.txt

#include "include/block.clh"

__kernel void calibrate_bandwidth(
    const __global float *restrict x, __global float *restrict y, const int count, const int first, const int stride) {
  const int slice = get_global_id(0);
  const __global float *from = x + (long)slice * first * C;
  floatC sum[4] = {(floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f)};

  for (int i = 0; i + 3 < count; i += 4) {
#pragma unroll
    for (int k = 0; k < 4; k++) sum[k] += LOADC(from + (long)(i + k) * stride * C);
  }
  STOREC(sum[0] + sum[1] + (sum[2] + sum[3]), y + (long)slice * C);
}
