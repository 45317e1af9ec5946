// dense - fully connected layer: y = x * weights + bias, then the epilogue; each weight is read once for all rows.
//
// Work:     one work-item per group, without barriers; dim 0 = panels of W outputs, W = DENSE_BLOCKS*C,
//           dim 1 = shares of k; with more than one share each leaves its sums for dense_reduce.
// Buffers:  0-2 x view, PLAIN [rows][k], the batch stride is the row stride   3-5 y view, likewise
//           [rows][outputs]   6 weights [ceil(outputs/W)][k][W], float or half   7 bias [ceil(outputs/W)*W]
//           8-10 residual view, as y   17-19 sums view, PLAIN [shares][rows][ceil(outputs/W)*W]; any view where there
//           is one share
// Scalars:  11 has_residual   12 lo   13 hi   14 rows   15 k   16 outputs
// Defines:  C = vector width, DENSE_BLOCKS = vectors of a panel, WEIGHTS_HALF where weights are stored as half,
//           ACTIVATION
// Host:     DenseStream.java        Cases: cases/dense.txt

#include "include/dense.clh"
#include "include/prefetch.clh"

#ifdef WEIGHTS_HALF
#define WEIGHT half
#define LOAD_WEIGHT(p) BLOCK_NAME(vload_half, C)(0, (p))
#else
#define WEIGHT float
#define LOAD_WEIGHT(p) LOADC(p)
#endif

// How far ahead of its use a weight is asked for where there is arithmetic to do meanwhile: 8 kB, see performance.md.
#define DENSE_AHEAD (8192 / sizeof(WEIGHT))

// Products in one running sum.
#define DENSE_RUN 512

// One step of k: s += x[i] * the panel's weights at w.
#define DENSE_STEP(ROWS, i)                                                                                        \
  do {                                                                                                             \
    floatC v[DENSE_BLOCKS];                                                                                        \
    if (ROWS > 1)                                                                                                  \
      for (int b = 0; b < DENSE_BLOCKS; b++) PREFETCH_READ(w + DENSE_AHEAD + b * C);                               \
    _Pragma("unroll") for (int b = 0; b < DENSE_BLOCKS; b++) v[b] = LOAD_WEIGHT(w + b * C);                        \
    _Pragma("unroll") for (int r = 0; r < ROWS; r++) {                                                             \
      _Pragma("unroll") for (int b = 0; b < DENSE_BLOCKS; b++) s[r][b] = fma((floatC)(from[r][i]), v[b], s[r][b]); \
    }                                                                                                              \
    w += DENSE_BLOCKS * C;                                                                                         \
  } while (0)

// Sums of ROWS rows over k; of those only `count` exist, and the last stands in for the others. One row alone takes
// several steps at a time; more rows gain nothing by it.
#define DENSE_SUMS(NAME, ROWS)                                                                                   \
  static inline void NAME(const __global float *restrict x, const long x_row, const __global WEIGHT *restrict w, \
      const int k, const int count, __private floatC *sum) {                                                     \
    const __global float *from[ROWS];                                                                            \
    floatC s[ROWS][DENSE_BLOCKS];                                                                                \
    _Pragma("unroll") for (int r = 0; r < ROWS; r++) {                                                           \
      from[r] = x + min(r, count - 1) * x_row;                                                                   \
      _Pragma("unroll") for (int b = 0; b < DENSE_BLOCKS; b++) s[r][b] = 0;                                      \
    }                                                                                                            \
    int i = 0;                                                                                                   \
    for (; ROWS == 1 && i + 4 <= k; i += 4) {                                                                    \
      _Pragma("unroll") for (int j = 0; j < 4; j++) DENSE_STEP(ROWS, i + j);                                     \
    }                                                                                                            \
    _Pragma("unroll 1") for (; i < k; i++) DENSE_STEP(ROWS, i);                                                  \
    _Pragma("unroll") for (int r = 0; r < ROWS; r++) {                                                           \
      _Pragma("unroll") for (int b = 0; b < DENSE_BLOCKS; b++) sum[r * DENSE_BLOCKS + b] = s[r][b];              \
    }                                                                                                            \
  }

DENSE_SUMS(sums_1, 1)
DENSE_SUMS(sums_2, 2)
DENSE_SUMS(sums_4, 4)
DENSE_SUMS(sums_8, 8)

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void dense(IN_VIEW(x), OUT_VIEW(y),
    const __global WEIGHT *restrict weights, EPILOGUE_PARAMETERS, const int rows, const int k, const int outputs,
    OUT_VIEW(sums)) {
  const int panel = get_global_id(0), panels = get_global_size(0), share = get_global_id(1),
            shares = get_global_size(1);
  const int k0 = (long)k * share / shares, k1 = (long)k * (share + 1) / shares;
  const __global WEIGHT *w = weights + ((long)panel * k + k0) * DENSE_BLOCKS * C;

  for (int row = 0; row < rows; row += 8) {
    const int count = min(8, rows - row);
    floatC sum[8 * DENSE_BLOCKS];
    for (int i = 0; i < count * DENSE_BLOCKS; i++) sum[i] = 0;
    for (int at = k0; at < k1; at += DENSE_RUN) {
      const __global float *from = VIEW_ITEM(x, row) + at;
      const __global WEIGHT *own = w + (long)(at - k0) * DENSE_BLOCKS * C;
      const int length = min(DENSE_RUN, k1 - at);
      floatC run[8 * DENSE_BLOCKS];
      if (count > 4) sums_8(from, x_batch, own, length, count, run);
      else if (count > 2) sums_4(from, x_batch, own, length, count, run);
      else if (count == 2) sums_2(from, x_batch, own, length, count, run);
      else sums_1(from, x_batch, own, length, count, run);
      for (int i = 0; i < count * DENSE_BLOCKS; i++) sum[i] += run[i];
    }
    for (int i = 0; i < count * DENSE_BLOCKS; i++) {
      const int r = row + i / DENSE_BLOCKS, at = (panel * DENSE_BLOCKS + i % DENSE_BLOCKS) * C;
      if (shares > 1) STOREC(sum[i], VIEW_ITEM(sums, 0) + ((long)share * rows + r) * panels * DENSE_BLOCKS * C + at);
      else if (at < outputs)
        dense_store(sum[i] + LOADC(bias + at), VIEW_ITEM(y, r) + at, has_residual ? VIEW_ITEM(residual, r) + at : 0,
            outputs - at, lo, hi);
    }
  }
}
