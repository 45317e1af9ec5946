// dense_reduce - adds the sums that the shares of dense left behind, in their order, then bias and epilogue.
//
// Work:     one work-item per group; dim 0 = blocks of C outputs, dim 1 = rows.
// Buffers:  0-2 sums view, PLAIN [shares][rows][width]   3-5 y view, PLAIN [rows][outputs], its batch stride the
//           row stride   6 bias [width]   7-9 residual view, as y
// Scalars:  10 has_residual   11 lo   12 hi   13 shares   14 width = outputs padded to whole panels   15 outputs
// Defines:  C = vector width, ACTIVATION
// Host:     DenseStream.java        Cases: cases/dense.txt

#include "include/dense.clh"

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void dense_reduce(
    IN_VIEW(sums), OUT_VIEW(y), EPILOGUE_PARAMETERS, const int shares, const int width, const int outputs) {
  const int at = (int)get_global_id(0) * C, row = get_global_id(1), rows = get_global_size(1);
  floatC sum = LOADC(bias + at);
  for (int s = 0; s < shares; s++) sum += LOADC(VIEW_ITEM(sums, 0) + ((long)s * rows + row) * width + at);
  dense_store(sum, VIEW_ITEM(y, row) + at, has_residual ? VIEW_ITEM(residual, row) + at : 0, outputs - at, lo, hi);
}
