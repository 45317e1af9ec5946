// dense_gpu - fully connected layer of few rows: y = x * weights + bias, then the epilogue.
//
// Work:     groups of GROUP, a power of two, side by side along k; each makes 8 outputs of ROWS rows from a share of k;
//           dim 0 = ceil(outputs/8), dim 1 = shares of k: with more than one each leaves its sums for
//           dense_reduce_gpu, dim 2 = at most ceil(rows/ROWS).
// Buffers:  0-2 x view, PLAIN [rows][k], the batch stride is the row stride   3-5 y view, likewise [rows][outputs]
//           6 weights [outputs up to a multiple of 8][depth = k up to a multiple of 4], float or half, zeros beyond
//           7 bias [outputs]   8-10 residual view, as y   17-19 sums view, PLAIN [shares][rows][outputs]; any view
//           where there is one share
// Scalars:  11 has_residual   12 lo   13 hi   14 rows   15 k   16 outputs
// Defines:  GROUP   ROWS   WEIGHTS_HALF where weights are stored as half   ACTIVATION(v)
// Host:     DenseGpu.java        Cases: cases/dense.txt

#include "include/dense_gpu.clh"

#ifndef GROUP
#define GROUP 64
#endif

#ifndef ROWS
#define ROWS 1
#endif

#ifdef WEIGHTS_HALF
#define WEIGHT half
// Loaded as 8 bytes at once, which a vload_half4 from memory is not.
static inline float4 load_weights(const __global half *p) {
  const uint2 bits = *(const __global uint2 *)p;
  return vload_half4(0, (const half *)&bits);
}
#else
#define WEIGHT float
static inline float4 load_weights(const __global float *p) { return LOAD4(p); }
#endif

#define OUTPUTS 8
#define EACH_ROW _Pragma("unroll") for (int r = 0; r < ROWS; ++r)
#define EACH_OUTPUT _Pragma("unroll") for (int o = 0; o < OUTPUTS; ++o)

// Four elements of a row of k; zeros beyond it.
static inline float4 load_x(const __global float *x, const int at, const int k) {
  const int last = k - 1;
  const float4 v = (float4)(x[at], x[min(at + 1, last)], x[min(at + 2, last)], x[min(at + 3, last)]);
  return MASK4(v, k - at);
}

// Each work-item's sums over its fours of k from `first` on; a row that does not exist repeats the last.
static inline void multiply(float sum[ROWS][OUTPUTS], const __global float *const from[ROWS],
    const __global WEIGHT *weights, const int depth, const int first, const int end, const int k) {
  EACH_ROW EACH_OUTPUT sum[r][o] = 0.0f;
  for (int at = first; at < end; at += 4 * GROUP) {
    float4 w[OUTPUTS];
    EACH_OUTPUT w[o] = load_weights(weights + (long)o * depth + at);
    EACH_ROW {
      const float4 v = load_x(from[r], at, k);
      EACH_OUTPUT sum[r][o] = fma(v.x, w[o].x, sum[r][o]);
      EACH_OUTPUT sum[r][o] = fma(v.y, w[o].y, sum[r][o]);
      EACH_OUTPUT sum[r][o] = fma(v.z, w[o].z, sum[r][o]);
      EACH_OUTPUT sum[r][o] = fma(v.w, w[o].w, sum[r][o]);
    }
  }
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void dense_gpu(IN_VIEW(x), OUT_VIEW(y),
    const __global WEIGHT *restrict weights, EPILOGUE_PARAMETERS, const int rows, const int k, const int outputs,
    OUT_VIEW(sums)) {
  __local float part[ROWS * OUTPUTS][GROUP];
  const int lane = get_local_id(0), panel = get_group_id(0) * OUTPUTS, share = get_group_id(1),
            shares = get_num_groups(1);
  const int fours = (k + 3) / 4, depth = fours * 4;
  const int first = ((int)((long)fours * share / shares) + lane) * 4,
            end = (int)((long)fours * (share + 1) / shares) * 4;
  const __global WEIGHT *own = weights + (long)panel * depth;

  for (int row = get_group_id(2) * ROWS; row < rows; row += get_num_groups(2) * ROWS) {
    const __global float *from[ROWS];
    float sum[ROWS][OUTPUTS];
    EACH_ROW from[r] = VIEW_ITEM(x, min(row + r, rows - 1));
    multiply(sum, from, own, depth, first, end, k);
    EACH_ROW EACH_OUTPUT part[r * OUTPUTS + o][lane] = sum[r][o];
    for (int width = GROUP / 2; width > 0; width /= 2) {
      barrier(CLK_LOCAL_MEM_FENCE);
      if (lane < width)
        for (int i = 0; i < ROWS * OUTPUTS; ++i) part[i][lane] += part[i][lane + width];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    const int below = lane / OUTPUTS, r = row + below, o = panel + lane - below * OUTPUTS;
    if (lane < ROWS * OUTPUTS && r < rows && o < outputs) {
      const float all = part[lane][0];
      if (shares > 1) VIEW_ITEM(sums, 0)[((long)share * rows + r) * outputs + o] = all;
      else dense_finish(all + bias[o], VIEW_ITEM(y, r) + o, has_residual ? VIEW_ITEM(residual, r) + o : 0, lo, hi);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}
