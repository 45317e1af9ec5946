// matmul - y = a * b, matrices in the last two axes, the others broadcast through strides.
//
// Work:     one work-item per group; dim 0 = runs of `rows` rows of y (a row is axis 5), dim 1 = 1, dim 2 = axis 0.
// Buffers:  0-2 a view   3-5 b view   6-8 y view, PLAIN: axis 0 is the batch
// Scalars:  9 rows   10-14 y's extents along axes 1-5   15 depth: the length of the sums
//           16 a_outer: which of the axes, y's 0-5 or 6 for the sum, is a's batch, whose stride is the view's; -1 none
//           17-23 a's strides along these axes, in floats, 0 = broadcast and along 5   24-31 likewise b's, along 5 = 1
// Defines:  C = vector width
// Host:     MatMulKernel.java        Cases: cases/matmul.txt

#include "include/block.clh"
#include "include/view.clh"

// Neighbouring vectors of a row of y whose sums stay in registers.
#define VECTORS 4

// Products in one running sum.
#define RUN 256

// `count` neighbouring elements of a row of y, at most VECTORS vectors.
static inline void row_part(const __global float *a, long a_step, const __global float *b, long b_step, int depth,
    __global float *y, int count) {
  floatC all[VECTORS] = {(floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f)};
  for (int k = 0; k < depth;) {
    floatC sum[VECTORS] = {(floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f), (floatC)(0.0f)};
    for (const int end = min(depth, k + RUN); k < end; k++) {
      const floatC factor = (floatC)(a[k * a_step]);
      const __global float *from = b + k * b_step;
      for (int i = 0; i < VECTORS && i * C < count; i++) {
        sum[i] = fma(factor, load_lanes(from + i * C, count - i * C), sum[i]);
      }
    }
    for (int i = 0; i < VECTORS; i++) all[i] += sum[i];
  }
  for (int i = 0; i < VECTORS && i * C < count; i++) store_lanes(all[i], y + i * C, count - i * C);
}

// The same for whole vectors, which need no tests.
static inline void whole_part(
    const __global float *a, long a_step, const __global float *b, long b_step, int depth, __global float *y) {
  const floatC zero = (floatC)(0.0f);
  floatC y0 = zero, y1 = zero, y2 = zero, y3 = zero;
  for (int k = 0; k < depth;) {
    floatC s0 = zero, s1 = zero, s2 = zero, s3 = zero;
    for (const int end = min(depth, k + RUN); k < end; k++) {
      const floatC factor = (floatC)(a[k * a_step]);
      const __global float *from = b + k * b_step;
      s0 = fma(factor, LOADC(from), s0);
      s1 = fma(factor, LOADC(from + C), s1);
      s2 = fma(factor, LOADC(from + 2 * C), s2);
      s3 = fma(factor, LOADC(from + 3 * C), s3);
    }
    y0 += s0;
    y1 += s1;
    y2 += s2;
    y3 += s3;
  }
  STOREC(y0, y);
  STOREC(y1, y + C);
  STOREC(y2, y + 2 * C);
  STOREC(y3, y + 3 * C);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void matmul(IN_VIEW(a), IN_VIEW(b), OUT_VIEW(y), const int rows,
    const int e1, const int e2, const int e3, const int e4, const int e5, const int depth, const int a_outer,
    const int a0, const int a1, const int a2, const int a3, const int a4, const int a5, const int a6, const int b_outer,
    const int b0, const int b1, const int b2, const int b3, const int b4, const int b5, const int b6) {
  long l[] = {a0, a1, a2, a3, a4, a5, a6}, r[] = {b0, b1, b2, b3, b4, b5, b6};
  if (a_outer >= 0) l[a_outer] = a_batch;
  if (b_outer >= 0) r[b_outer] = b_batch;
  const long i0 = get_global_id(2);
  const __global float *left = VIEW_ITEM(a, 0) + i0 * l[0], *right = VIEW_ITEM(b, 0) + i0 * r[0];
  __global float *to = VIEW_ITEM(y, i0);

  const int first = (int)get_global_id(0) * rows;
  const int end = min(e1 * e2 * e3 * e4, first + rows);
  for (int row = first; row < end; row++) {
    const int i4 = row % e4, i3 = row / e4 % e3, i2 = row / e4 / e3 % e2, i1 = row / e4 / e3 / e2;
    const __global float *p = left + i1 * l[1] + i2 * l[2] + i3 * l[3] + i4 * l[4];
    const __global float *q = right + i1 * r[1] + i2 * r[2] + i3 * r[3] + i4 * r[4];
    for (int i = 0; i < e5; i += VECTORS * C) {
      __global float *at = to + (long)row * e5 + i;
      if (i + VECTORS * C <= e5) {
        whole_part(p, l[6], q + i, r[6], depth, at);
      } else {
        row_part(p, l[6], q + i, r[6], depth, at, e5 - i);
      }
    }
  }
}
