/* A convolution of any kind with random inputs, from a case of opencl/cases/conv2d.txt. */
#pragma once
#include "cases.h"
#include "image.h"

typedef struct {
  int n, ic, ih, iw, oc, oh, ow, groups, kh, kw;
  int stride_h, stride_w, pad_top, pad_left, dilation_h, dilation_w;
  int block, has_residual;
  float lo, hi;
  const char *activation;
  Image x, residual;
  float *weights, *bias; /* [oc][ic/groups][kh][kw], [oc] */
} Conv2d;

/* The input is blocked unless x_block is 0; NaN is put at one random place of it where the case asks for it. */
Conv2d conv2d_new(const Case *c, int block, int x_block);
void conv2d_free(Conv2d *p);

float conv2d_weight(const Conv2d *p, int oc, int ic, int kh, int kw);

/* The bias, zeros up to `size`. */
Buffer conv2d_bias(const Conv2d *p, int size);

/* The result in double, [n][oc][oh][ow], to be freed. */
double *conv2d_expected(const Conv2d *p);

/* The prelude: C, the activation where it is no clamp, and `more` lines. To be freed. */
char *conv2d_prelude(const Conv2d *p, const char *more);

/* The parameters that every convolution begins with, up to `hi`. */
void launch_conv2d(Launch *launch, Conv2d *p, Image *y, Buffer *weights, Buffer *bias);

int divide_up(int a, int b);
