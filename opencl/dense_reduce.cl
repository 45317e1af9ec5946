// dense_reduce - adds the sums that the shares of dense left in scratch, in their order, then bias and epilogue.
//
// Work:     one work-item per group; dim 0 = blocks of C outputs, dim 1 = rows.
// Buffers:  0 sums [shares][rows][width]   1-3 y view, PLAIN [rows][outputs], the batch stride is the row stride
//           4 bias [width]   5-7 residual view, as y
// Scalars:  8 has_residual   9 lo   10 hi   11 shares   12 width = outputs padded to whole panels   13 outputs
// Defines:  C = vector width, ACTIVATION
// Host:     op/DenseStream.java        Cases: cases/dense.txt

#include "include/dense.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void dense_reduce(
    const __global float *restrict sums, OUT_VIEW(y), EPILOGUE_PARAMETERS, const int shares, const int width,
    const int outputs) {
  const int at = (int)get_global_id(0) * C, row = get_global_id(1), rows = get_global_size(1);
  floatC sum = LOADC(bias + at);
  for (int s = 0; s < shares; s++) sum += LOADC(sums + ((long)s * rows + row) * width + at);
  dense_store(sum, VIEW_ITEM(y, row) + at, has_residual ? VIEW_ITEM(residual, row) + at : 0, outputs - at, lo, hi);
}
