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

// Rows of a tile: of AVX-512's 32 registers 6 x 4 sums, a row of b and an element of a take 29; of 16 others 6 x 2.
#define ROWS 6

// Products in one running sum.
#define RUN 256

#define EACH_SUM(R, V) _Pragma("unroll") for (int r = 0; r < R; r++) _Pragma("unroll") for (int v = 0; v < V; v++)

// R rows by V whole vectors of y, whose sums stay in registers for a run and wait in y for the next.
#define TILE(NAME, R, V)                                                                                          \
  static inline void NAME(const __global float *a, long a_row, long a_step, const __global float *b, long b_step, \
      int depth, __global float *y, long y_row) {                                                                 \
    for (int begin = 0; begin < depth; begin += RUN) {                                                            \
      floatC sum[R][V];                                                                                           \
      EACH_SUM(R, V) sum[r][v] = 0;                                                                               \
      for (int k = begin, end = min(depth, begin + RUN); k < end; k++) {                                          \
        floatC right[V];                                                                                          \
        _Pragma("unroll") for (int v = 0; v < V; v++) right[v] = LOADC(b + k * b_step + v * C);                   \
        EACH_SUM(R, V) sum[r][v] = fma((floatC)(a[r * a_row + k * a_step]), right[v], sum[r][v]);                 \
      }                                                                                                           \
      EACH_SUM(R, V) {                                                                                            \
        __global float *to = y + r * y_row + v * C;                                                               \
        STOREC((begin ? LOADC(to) : (floatC)(0.0f)) + sum[r][v], to);                                             \
      }                                                                                                           \
    }                                                                                                             \
  }

// R whole rows of y, of at least C columns, by tiles of four, two and one vectors; the last may begin among columns
// that are done.
#define ROW_TILE(NAME, FOUR, TWO, ONE, R)                                                                         \
  TILE(FOUR, R, 4)                                                                                                \
  TILE(TWO, R, 2)                                                                                                 \
  TILE(ONE, R, 1)                                                                                                 \
  static inline void NAME(const __global float *a, long a_row, long a_step, const __global float *b, long b_step, \
      int depth, __global float *y, int columns) {                                                                \
    int i = 0;                                                                                                    \
    if (C == 16)                                                                                                  \
      for (; i + 4 * C <= columns; i += 4 * C) FOUR(a, a_row, a_step, b + i, b_step, depth, y + i, columns);      \
    for (; i + 2 * C <= columns; i += 2 * C) TWO(a, a_row, a_step, b + i, b_step, depth, y + i, columns);         \
    for (; i < columns; i += C) {                                                                                 \
      const int at = min(i, columns - C);                                                                         \
      ONE(a, a_row, a_step, b + at, b_step, depth, y + at, columns);                                              \
    }                                                                                                             \
  }

ROW_TILE(rows_6, rows_6_4, rows_6_2, rows_6_1, ROWS)
ROW_TILE(rows_1, rows_1_4, rows_1_2, rows_1_1, 1)

// A row of y of less than C columns.
static inline void narrow_row(const __global float *a, long a_step, const __global float *b, long b_step, int depth,
    __global float *y, int columns) {
  floatC all = 0;
  for (int k = 0; k < depth;) {
    floatC sum = 0;
    for (const int end = min(depth, k + RUN); k < end; k++) {
      sum = fma((floatC)(a[k * a_step]), load_lanes(b + k * b_step, columns), sum);
    }
    all += sum;
  }
  store_lanes(all, y, columns);
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
  for (int row = first, count; row < end; row += count) {
    const int i4 = row % e4, i3 = row / e4 % e3, i2 = row / e4 / e3 % e2, i1 = row / e4 / e3 / e2;
    const __global float *p = left + i1 * l[1] + i2 * l[2] + i3 * l[3] + i4 * l[4];
    const __global float *q = right + i1 * r[1] + i2 * r[2] + i3 * r[3] + i4 * r[4];
    __global float *at = to + (long)row * e5;
    count = e5 < C ? 1 : min(e4 - i4, end - row);
    if (e5 < C) {
      narrow_row(p, l[6], q, r[6], depth, at, e5);
    } else if (count < ROWS) {
      for (int i = 0; i < count; i++) rows_1(p + i * l[4], 0, l[6], q, r[6], depth, at + (long)i * e5, e5);
    } else {
      for (int i = 0; i < count; i += ROWS) {  // the last tile may begin among rows that are done
        const int own = min(i, count - ROWS);
        rows_6(p + own * l[4], l[4], l[6], q, r[6], depth, at + (long)own * e5, e5);
      }
    }
  }
}
