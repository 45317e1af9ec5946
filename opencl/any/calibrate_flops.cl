// calibrate_flops - chains of fused multiply-adds that touch no memory: a device's arithmetic peak, and a known answer.
//
// Work:     one work-item per 12 * C chains, dim 0; each chain is v = fma(v, 0.5, 1), `rounds` times.
// Buffers:  0 y [items][C], the sums over 12 chains; chain i of lane c of item g begins with g % 64 + i + c
// Scalars:  1 rounds
// Defines:  C = vector width
// Host:     Meter.java        Cases: cases/calibrate_flops.txt

#include "include/block.clh"

// Enough that their fused multiply-adds hide each other's latency, few enough for registers.
#define CHAINS 12
#define convert_floatC BLOCK_NAME(convert_float, C)

__kernel void calibrate_flops(__global float *restrict y, const int rounds) {
  const int item = get_global_id(0);
  floatC v[CHAINS];  // begin small, and differ in each item, lane and chain
#pragma unroll
  for (int i = 0; i < CHAINS; i++) v[i] = convert_floatC(LANES) + (float)(item % 64 + i);

  for (int round = 0; round < rounds; round++) {
#pragma unroll
    for (int i = 0; i < CHAINS; i++) v[i] = fma(v[i], (floatC)(0.5f), (floatC)(1.0f));
  }

  floatC sum = v[0];
#pragma unroll
  for (int i = 1; i < CHAINS; i++) sum += v[i];
  STOREC(sum, y + (long)item * C);
}
