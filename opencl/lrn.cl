// lrn - y = x / (bias + alpha / size * sum of x^2 over `size` neighbouring channels)^beta
//       (ONNX LRN: channels c - floor((size-1)/2) .. c + ceil((size-1)/2), those outside the image left out).
//
// Work:     one work-item per group; dim 0 = runs of 32 pixels, all channels of each, dim 1 = 1, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][pixels][C]   3-5 y view, likewise
// Scalars:  6 channels   7 pixels = H*W   8 size   9 alpha   10 beta   11 bias (float)
// Defines:  C = channel block
// Host:     op/LrnKernel.java        Cases: cases/lrn.txt

#include "include/block.clh"
#include "include/view.clh"

#define RUN 32

// x * base^-beta
static inline floatC scale(floatC x, floatC base, float beta) {
  if (beta == 0.75f) {
    const floatC root = sqrt(base);
    return x / (root * sqrt(root));
  }
  return x * pow(base, (floatC)(-beta));
}

// Squares of one block of `length` pixels into `to`, whose pixels are 3 blocks apart; zeros where block is outside.
static inline void square(const __global float *x, int block, int blocks, int pixels, int length,
                          float *to) {
  if (block < 0 || block >= blocks) {
    for (int p = 0; p < length; p++) STOREC((floatC)(0.0f), to + p * 3 * C);
    return;
  }
  const __global float *from = x + (long)block * pixels * C;
  for (int p = 0; p < length; p++) {
    const floatC v = LOADC(from + p * C);
    STOREC(v * v, to + p * 3 * C);
  }
}

// The neighbours of a lane lie in its own block or the one before or after.
static inline void adjacent(const __global float *x, __global float *y, int channels, int pixels,
                            int length, int below, int size, float alpha, float beta, float bias) {
  const int blocks = (channels + C - 1) / C;
  float squares[RUN * 3 * C];
  for (int block = 0; block < blocks; block++) {
    for (int i = 0; i < 3; i++) square(x, block + i - 1, blocks, pixels, length, squares + i * C);
    const __global float *from = x + (long)block * pixels * C;
    __global float *to = y + (long)block * pixels * C;
    for (int p = 0; p < length; p++) {
      const float *near = squares + p * 3 * C + C - below;
      floatC sum = LOADC(near);
      for (int i = 1; i < size; i++) sum += LOADC(near + i);
      const floatC v = scale(LOADC(from + p * C), fma(sum, (floatC)(alpha), (floatC)(bias)), beta);
      STOREC(MASKC(v, channels - block * C), to + p * C);
    }
  }
}

// Any window, one channel at a time.
static inline void far(const __global float *x, __global float *y, int channels, int pixels,
                       int length, int below, int size, float alpha, float beta, float bias) {
  const int stored = (channels + C - 1) / C * C;
  for (int p = 0; p < length; p++) {
    for (int c = 0; c < stored; c++) {
      const long at = ((long)(c / C) * pixels + p) * C + c % C;
      float sum = 0.0f;
      for (int i = max(0, c - below); i < min(channels, c - below + size); i++) {
        const float v = x[((long)(i / C) * pixels + p) * C + i % C];
        sum = fma(v, v, sum);
      }
      y[at] = c < channels ? x[at] * pow(fma(sum, alpha, bias), -beta) : 0.0f;
    }
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void lrn(
    IN_VIEW(x), OUT_VIEW(y), const int channels, const int pixels, const int size,
    const float alpha, const float beta, const float bias) {
  const int first = (int)get_global_id(0) * RUN;
  const int length = min(RUN, pixels - first);
  const int below = (size - 1) / 2;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)first * C;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + (long)first * C;
  if (size - 1 - below <= C) {
    adjacent(from, to, channels, pixels, length, below, size, alpha / size, beta, bias);
  } else {
    far(from, to, channels, pixels, length, below, size, alpha / size, beta, bias);
  }
}
