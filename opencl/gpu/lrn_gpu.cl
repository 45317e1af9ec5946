// lrn_gpu - y = x / (bias + alpha / size * sum of x^2 over `size` neighbouring channels)^beta
//           (ONNX LRN: channels c - floor((size-1)/2) .. c + ceil((size-1)/2), those outside the image left out).
//
// Work:     groups of GROUP; a work-item = one block of one pixel, which reads the blocks its window reaches: those
//           of its neighbours too, from the cache; dim 0 = blocks * pixels, rounded up, dim 2 = batch.
// Buffers:  0-2 x view, blocked [ceil(channels/4)][pixels][4]   3-5 y view, likewise
// Scalars:  6 channels   7 pixels = H*W   8 size   9 alpha   10 beta   11 bias (float)
// Defines:  GROUP
// Host:     LrnGpu.java        Cases: cases/lrn.txt

#include "include/block4.clh"
#include "include/view.clh"

#ifndef GROUP
#define GROUP 64
#endif

// Blocks in one running sum.
#define RUN 64

// x * base^-beta
static inline float4 scale(const float4 x, const float4 base, const float beta) {
  if (beta == 0.75f) {
    const float4 root = sqrt(base);
    return x / (root * sqrt(root));
  }
  return x * pow(base, (float4)(-beta));
}

// s where channel `distance` from the own one lies in the window, else 0; the same for all work-items.
static inline float within(const float s, const int distance, const int below, const int above) {
  return distance >= -below && distance <= above ? s : 0.0f;
}

// What the squares of one block, `distance` channels from the own one, add to the sums of the own four channels.
static inline float4 reached(const float4 s, const int distance, const int below, const int above) {
  if (distance - 3 >= -below && distance + 3 <= above) return (float4)((s.x + s.y) + (s.z + s.w));
#define SUM(own)                                                                                 \
  ((within(s.x, distance - own, below, above) + within(s.y, distance + 1 - own, below, above)) + \
      (within(s.z, distance + 2 - own, below, above) + within(s.w, distance + 3 - own, below, above)))
  return (float4)(SUM(0), SUM(1), SUM(2), SUM(3));
}

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void lrn_gpu(IN_VIEW(x), OUT_VIEW(y), const int channels,
    const int pixels, const int size, const float alpha, const float beta, const float bias) {
  const uint at = get_global_id(0);
  const int block = at / pixels, blocks = (channels + 3) / 4;
  if (block >= blocks) return;
  const int below = (size - 1) / 2, above = size - 1 - below;
  const int first = -(below + 3) / 4, last = (above + 3) / 4;
  const __global float *own = VIEW_ITEM(x, get_global_id(2)) + (long)at * 4;

  float4 all = (float4)(0.0f);
  for (int b = first; b <= last;) {
    float4 run = (float4)(0.0f);
    for (int i = 0; i < RUN && b <= last; i++, b++) {
      if (block + b < 0 || block + b >= blocks) continue;
      const float4 v = LOAD4(own + (long)b * pixels * 4);
      run += reached(v * v, b * 4, below, above);
    }
    all += run;
  }
  const float4 v = scale(LOAD4(own), fma(all, (float4)(alpha / size), (float4)(bias)), beta);
  STORE4(MASK4(v, channels - block * 4), VIEW_ITEM(y, get_global_id(2)) + (long)at * 4);
}
