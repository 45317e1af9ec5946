// dense_gemm_reduce - y = epilogue(the sums of all slices of dense_gemm, added in their order).
//
// Work:     groups of GROUP; a work-item = four outputs of a row; dim 0 = rows * ceil(outputs/4), rounded up.
// Buffers:  0-2 sums view, [slice][rows][width], its batch stride ignored
//           3-5 y view, PLAIN [rows][outputs], its batch stride the row stride   6 bias [ceil(outputs/4)*4]
//           7-9 residual view, as y
// Scalars:  10 has_residual   11 lo   12 hi (float)   13 slices   14 rows   15 width   16 outputs
// Defines:  C = 4   GROUP   ACTIVATION(v)
// Host:     DenseGemm.java        Cases: cases/dense.txt

#ifndef C
#define C 4
#endif

#include "include/block4.clh"
#include "include/epilogue.clh"
#include "include/plain4.clh"

#ifndef GROUP
#define GROUP 64
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void dense_gemm_reduce(IN_VIEW(sums), OUT_VIEW(y),
    EPILOGUE_PARAMETERS, const int slices, const int rows, const int width, const int outputs) {
  const int at = (int)get_global_id(0), quads = (outputs + 3) / 4, row = at / quads, output = (at - row * quads) * 4;
  if (row >= rows) return;
  const __global float *from = VIEW_ITEM(sums, 0) + (long)row * width + output;
  float4 sum = LOAD4(from);
  for (int s = 1; s < slices; s++) sum += LOAD4(from + (long)s * rows * width);
  sum += LOAD4(bias + output);
  if (has_residual) sum += load_plain4(VIEW_ITEM(residual, row) + output, outputs - output);
  store_plain4(ACTIVATION(sum), VIEW_ITEM(y, row) + output, outputs - output);
}
