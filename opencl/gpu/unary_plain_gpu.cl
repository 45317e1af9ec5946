// unary_plain_gpu - y = ACTIVATION(x), element by element, PLAIN; in place: yes.
//
// Work:     groups of GROUP; a work-item = four elements, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 x view, PLAIN   3-5 y view, likewise
// Scalars:  6 elements in all   7 item: elements of a batch item   8 lo   9 hi (float, of the clamp)
// Defines:  GROUP   ACTIVATION(v), see activation.clh
// Host:     UnaryPlainGpu.java        Cases: cases/unary.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/activation.clh"
#include "include/quad.clh"
#include "include/view.clh"

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void unary_plain_gpu(
    IN_PLACE_IN_VIEW(x), IN_PLACE_OUT_VIEW(y), const int elements, const int item, const float lo, const float hi) {
  const uint first = QUAD_FIRST;
  const float4 v = load_quad(VIEW_ITEM(x, 0), first, elements, item, x_batch);
  store_quad(ACTIVATION(v), VIEW_ITEM(y, 0), first, elements, item, y_batch);
}
