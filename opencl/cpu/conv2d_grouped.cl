// conv2d_grouped - convolution of any geometry and any groups, blocked to blocked: where no faster kernel fits.
//
// Work:     one work-item per group; dim 0 = output channel blocks, dim 1 = output rows, dim 2 = batch items.
// Buffers:  0 x blocked [ic] (view)   3 y blocked [oc] (view)   6 weights [B][kh][kw][ic/groups][C], B = ceil(oc/C),
//           zeros where a channel does not exist   7 bias [B*C]   8 residual (view, as y)
// Scalars:  11 has_residual   12 lo   13 hi   14 ic_group, 15 oc_group = channels of one group   16 oc   17 ih   18 iw
//           19 oh   20 ow   21 kh   22 kw   23 stride_h   24 stride_w   25 pad_top   26 pad_left   27 dilation_h
//           28 dilation_w
// Defines:  C = channel block;  ACTIVATION(v)
// In place: no.
// Host:     Conv2dGrouped.java        Cases: cases/conv2d.txt

#include "include/conv_window.clh"
#include "include/epilogue.clh"

// Products in one running sum.
#define RUN 256

// Channel first[lane] + i at one pixel, a lane each.
INLINE floatC gather(const __global float *pixel, const long plane, const int first[C], const int i) {
  float value[C];
  for (int lane = 0; lane < C; ++lane) {
    const int channel = first[lane] + i;
    value[lane] = pixel[channel / C * plane + channel % C];
  }
  return LOADC(value);
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void conv2d_grouped(IN_VIEW(x), OUT_VIEW(y),
    const __global float *restrict weights, EPILOGUE_PARAMETERS, const int ic_group, const int oc_group, const int oc,
    const int ih, const int iw, const int oh, const int ow, const int kh, const int kw, const int stride_h,
    const int stride_w, const int pad_top, const int pad_left, const int dilation_h, const int dilation_w) {
  const int block = get_global_id(0), oy = get_global_id(1), n = get_global_id(2);
  int first[C];
  for (int lane = 0; lane < C; ++lane) first[lane] = min(block * C + lane, oc - 1) / oc_group * ic_group;

  const __global float *own = weights + (long)block * kh * kw * ic_group * C;
  const floatC start = LOADC(bias + block * C);
  const long plane = (long)ih * iw * C;
  const int y_in = oy * stride_h - pad_top;
  const Range taps_h = taps_inside(y_in, kh, dilation_h, ih);
  for (int ox = 0; ox < ow; ++ox) {
    const int x_in = ox * stride_w - pad_left;
    const Range taps_w = taps_inside(x_in, kw, dilation_w, iw);
    floatC sum = start, run = 0.0f;
    int terms = 0;
    for (int i = taps_h.begin; i < taps_h.end; ++i) {
      for (int j = taps_w.begin; j < taps_w.end; ++j) {
        const long at = ((long)(y_in + i * dilation_h) * iw + x_in + j * dilation_w) * C;
        for (int c = 0; c < ic_group; ++c) {
          run = fma(gather(VIEW_ITEM(x, n) + at, plane, first, c), LOADC(own + ((i * kw + j) * ic_group + c) * C), run);
          if (++terms % RUN == 0) {
            sum += run;
            run = 0.0f;
          }
        }
      }
    }
    const long at = (((long)block * oh + oy) * ow + ox) * C;
    const __global float *add = has_residual ? VIEW_ITEM(residual, n) + at : 0;
    STOREC(epilogue(sum + run, add, oc - block * C, lo, hi), VIEW_ITEM(y, n) + at);
  }
}
