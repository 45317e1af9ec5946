/* A 3x3 convolution of stride 1 with random inputs, from a case of opencl/cases. */
#pragma once
#include "cases.h"
#include "image.h"

typedef struct {
  int n, ic, ih, iw, oc, oh, ow, pad_top, pad_left, block, has_residual;
  float lo, hi; /* the activation */
  Image x, residual;
  float *weights, *bias; /* [oc][ic][3][3], [oc] */
} Conv3x3;

/* Rounds a / b up. */
int blocks(int a, int b);

/* NaN is put at one random place of x where the case asks for it. */
Conv3x3 conv3x3_new(const Case *c, int block);
void conv3x3_free(Conv3x3 *p);

/* The bias padded with zeros to a multiple of `width`. */
Buffer conv3x3_bias(const Conv3x3 *p, int width);

/* The result in double, [n][oc][oh][ow], to be freed; NaN of x counts as 0. */
double *conv3x3_expected(const Conv3x3 *p);
