// unary - y = ACTIVATION(x), element by element, in either layout; in place: yes.
//
// Work:     one work-item per group; dim 0 = channel blocks (PLAIN: 1),
//           dim 1 = runs of 256 pixels (PLAIN: of 256*C elements), dim 2 = batch items.
// Buffers:  0-2 x view, blocked [ceil(channels/C)][pixels][C] or PLAIN [elements]   3-5 y view, likewise
// Scalars:  6 channels, 0 = PLAIN   7 pixels = H*W, or elements of an item   8 lo   9 hi (float, of the clamp)
// Defines:  C = channel block   ACTIVATION(v), see activation.clh
// Host:     UnaryKernel.java        Cases: cases/unary.txt

#include "include/activation.clh"
#include "include/block.clh"
#include "include/view.clh"

// Pixels of a work-item, or vectors of a PLAIN value; the host counts with the same figure.
#define RUN 256

static inline void blocked(const __global float *from, __global float *to, int pixels, int count, float lo, float hi) {
  for (int p = 0; p < pixels; p++) {
    const floatC v = LOADC(from + p * C);
    STOREC(MASKC(ACTIVATION(v), count), to + p * C);
  }
}

static inline void plain(const __global float *from, __global float *to, int elements, float lo, float hi) {
  for (int i = 0; i < elements; i += C) {
    const floatC v = load_lanes(from + i, elements - i);
    store_lanes(ACTIVATION(v), to + i, elements - i);
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void unary(
    IN_PLACE_IN_VIEW(x), IN_PLACE_OUT_VIEW(y), const int channels, const int pixels, const float lo, const float hi) {
  const int run = channels ? RUN : RUN * C;
  const int first = (int)get_global_id(1) * run;
  const int block = get_global_id(0);
  const int length = min(run, pixels - first);
  const long start = channels ? ((long)block * pixels + first) * C : first;
  const __global float *from = VIEW_ITEM(x, get_global_id(2)) + start;
  __global float *to = VIEW_ITEM(y, get_global_id(2)) + start;

  if (channels) {
    blocked(from, to, length, channels - block * C, lo, hi);
  } else {
    plain(from, to, length, lo, hi);
  }
}
