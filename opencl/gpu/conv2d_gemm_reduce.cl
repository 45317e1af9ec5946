// conv2d_gemm_reduce - y = epilogue(the sums of all slices of conv2d_gemm, added in their order).
//
// Work:     groups of GROUP; a work-item = one block of one pixel; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 sums view, [slice][n][blocks][pixels][4], its batch stride ignored
//           3-5 y view, blocked [blocks][pixels][4]   6 bias [blocks*4]   7-9 residual view, as y
// Scalars:  10 has_residual   11 lo   12 hi (float)   13 slices   14 n   15 channels   16 pixels = H*W
// Defines:  C = 4   GROUP   ACTIVATION(v)
// Host:     Conv2dGemm.java        Cases: cases/conv2d.txt

#ifndef C
#define C 4
#endif

#include "include/block4.clh"
#include "include/epilogue.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void conv2d_gemm_reduce(IN_VIEW(sums), OUT_VIEW(y),
    EPILOGUE_PARAMETERS, const int slices, const int n, const int channels, const int pixels) {
  const int at = (int)get_global_id(0), block = at / pixels, item = (int)get_global_id(2);
  const long stride = (long)((channels + C - 1) / C) * pixels;
  if (at >= stride) return;
  const __global float4 *from = (const __global float4 *)VIEW_ITEM(sums, 0) + item * stride + at;
  float4 sum = *from;
  for (int s = 1; s < slices; s++) sum += from[s * n * stride];
  sum += LOAD4(bias + block * C);
  if (has_residual) sum += LOAD4(VIEW_ITEM(residual, item) + (long)at * C);
  STORE4(epilogue(sum, 0, channels - block * C, lo, hi), VIEW_ITEM(y, item) + (long)at * C);
}
