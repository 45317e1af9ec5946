// binary_gpu - y = OP(a, b), element by element, PLAIN, with numpy broadcasting through strides; in place: yes, on
//              an operand that has y's shape.
//
// Work:     groups of GROUP; a work-item = four elements of y, GROUP apart; dim 0 = elements / 4, rounded up.
// Buffers:  0-2 a view   3-5 b view   6-8 y view, PLAIN: axis 0 is the batch
// Scalars:  9 lo   10 hi (float, of the clamp)   11 elements of y in all   12-16 y's extents along axes 1-5
//           17 a_outer: the axis of y that is a's batch, along which its stride counts items; -1 for none
//           18-23 a's strides along axes 0-5, in floats, 0 = broadcast   24-30 likewise b's
// Defines:  GROUP   OP(a, b) = an expression in two float4s; default a + b   ACTIVATION(v), see activation.clh
// Host:     BinaryPlainGpu.java        Cases: cases/binary.txt

#ifndef GROUP
#define GROUP 64
#endif

#include "include/activation.clh"
#include "include/axes.clh"
#include "include/quad.clh"
#include "include/view.clh"

#ifndef OP
#define OP(a, b) ((a) + (b))
#endif

__attribute__((reqd_work_group_size(GROUP, 1, 1))) __kernel void binary_gpu(IN_PLACE_IN_VIEW(a), IN_PLACE_IN_VIEW(b),
    IN_PLACE_OUT_VIEW(y), const float lo, const float hi, const int elements, const int e1, const int e2, const int e3,
    const int e4, const int e5, const int a_outer, const int a0, const int a1, const int a2, const int a3, const int a4,
    const int a5, const int b_outer, const int b0, const int b1, const int b2, const int b3, const int b4,
    const int b5) {
  const Extents e = {e1, e2, e3, e4, e5};
  const Strides l = strides_of(a_outer, a_batch, a0, a1, a2, a3, a4, a5);
  const Strides r = strides_of(b_outer, b_batch, b0, b1, b2, b3, b4, b5);
  const uint first = QUAD_FIRST;
  const float4 m = load_strided(VIEW_ITEM(a, 0), first, elements, e, l);
  const float4 n = load_strided(VIEW_ITEM(b, 0), first, elements, e, r);
  const float4 v = OP(m, n);
  store_quad(ACTIVATION(v), VIEW_ITEM(y, 0), first, elements, e1 * e2 * e3 * e4 * e5, y_batch);
}
