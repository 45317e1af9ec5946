// dense_reduce_gpu - adds the sums that the shares of dense_gpu left behind, in their order, then bias and epilogue.
//
// Work:     groups of GROUP; a work-item = one output of one row; dim 0 = rows * outputs, rounded up.
// Buffers:  0-2 sums view, PLAIN [shares][rows][outputs]   3-5 y view, PLAIN [rows][outputs], its batch stride the row
//           stride   6 bias [outputs]   7-9 residual view, as y
// Scalars:  10 has_residual   11 lo   12 hi   13 shares   14 rows   15 outputs
// Defines:  GROUP   ACTIVATION(v)
// Host:     DenseGpu.java        Cases: cases/dense.txt

#include "include/dense_gpu.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void dense_reduce_gpu(
    IN_VIEW(sums), OUT_VIEW(y), EPILOGUE_PARAMETERS, const int shares, const int rows, const int outputs) {
  const uint at = get_global_id(0), row = at / outputs, output = at - row * outputs;
  if (row >= rows) return;
  const __global float *from = VIEW_ITEM(sums, 0) + at;
  float sum = bias[output];
  for (int s = 0; s < shares; ++s) sum += from[(long)s * rows * outputs];
  dense_finish(sum, VIEW_ITEM(y, row) + output, has_residual ? VIEW_ITEM(residual, row) + output : 0, lo, hi);
}
