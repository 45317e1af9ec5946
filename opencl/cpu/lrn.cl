// lrn - y = x / (bias + alpha / size * sum of x^2 over `size` neighbouring channels)^beta
//       (ONNX LRN: channels c - floor((size-1)/2) .. c + ceil((size-1)/2), those outside the image left out).
//
// Work:     one work-item per group; dim 0 = runs of 32 pixels, all channels of each, dim 1 = 1, dim 2 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][pixels][C]   3-5 y view, likewise
// Scalars:  6 channels   7 pixels = H*W   8 size   9 alpha   10 beta   11 bias (float)
// Defines:  C = channel block
// Host:     LrnKernel.java        Cases: cases/lrn.txt

#include "include/block.clh"
#include "include/view.clh"

// Pixels of a work-item, whose squares stay in the nearest cache; the host counts with the same figure.
#define RUN 32

// Blocks whose squares are kept at a time, with a neighbour on either side.
#define GROUP 4
#define WIDTH ((GROUP + 2) * C)

// Squares in one running sum.
#define FAR_RUN 64

// x * base^-beta
static inline floatC scale(floatC x, floatC base, float beta) {
  if (beta == 0.75f) {
    const floatC root = sqrt(base);
    return x / (root * sqrt(root));
  }
  return x * pow(base, (floatC)(-beta));
}

// Squares of one block of `length` pixels into `to`; zeros where there is no such block.
static inline void square(const __global float *x, int block, int blocks, int pixels, int length, float *to) {
  if (block < 0 || block >= blocks) {
    for (int p = 0; p < length; p++) STOREC((floatC)(0.0f), to + p * WIDTH);
    return;
  }
  const __global float *from = x + (long)block * pixels * C;
  for (int p = 0; p < length; p++) {
    const floatC v = LOADC(from + p * C);
    STOREC(v * v, to + p * WIDTH);
  }
}

// The sum over `size` lanes from each lane on; at: the squares of the first lane's lowest neighbour.
static inline floatC near_sum(const float *at, int size) {
  floatC sum = LOADC(at);
  for (int i = 1; i < size; i++) sum += LOADC(at + i);
  return sum;
}

// The same for any window, one channel at a time; x: channel 0 of the pixel.
static inline floatC far_sum(const __global float *x, int block, int channels, int pixels, int below, int size) {
  float sums[C];
  for (int lane = 0; lane < C; lane++) {
    const int first = block * C + lane - below, end = min(channels, first + size);
    float sum = 0.0f;
    for (int c = max(0, first); c < end;) {
      float run = 0.0f;
      for (const int stop = min(end, c + FAR_RUN); c < stop; c++) {
        const float v = x[(long)(c / C) * pixels * C + c % C];
        run = fma(v, v, run);
      }
      sum += run;
    }
    sums[lane] = sum;
  }
  return LOADC(sums);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void lrn(IN_VIEW(x), OUT_VIEW(y), const int channels,
    const int pixels, const int size, const float alpha, const float beta, const float bias) {
  const int first = (int)get_global_id(0) * RUN;
  const int length = min(RUN, pixels - first);
  const int blocks = (channels + C - 1) / C;
  const int below = (size - 1) / 2;
  const bool near = size - 1 - below <= C;
  const floatC factor = (floatC)(alpha / size), addend = (floatC)(bias);
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + (long)first * C;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + (long)first * C;

  float squares[RUN * WIDTH];
  for (int group = 0; group < blocks; group += GROUP) {
    const int end = min(blocks, group + GROUP);
    for (int b = group - 1; near && b <= end; b++) {
      square(from, b, blocks, pixels, length, squares + (b + 1 - group) * C);
    }
    for (int block = group; block < end; block++) {
      for (int p = 0; p < length; p++) {
        const floatC sum = near ? near_sum(squares + p * WIDTH + (block + 1 - group) * C - below, size)
                                : far_sum(from + p * C, block, channels, pixels, below, size);
        const long at = ((long)block * pixels + p) * C;
        const floatC v = scale(LOADC(from + at), fma(sum, factor, addend), beta);
        STOREC(MASKC(v, channels - block * C), to + at);
      }
    }
  }
}
