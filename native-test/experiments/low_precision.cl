/* A convolution as six pixels times 64 channels in registers, in fp32 (PACK 1), bfloat16 (2) or int8 (4): as many
   numbers in each 32 bits. The two short ones are what avx512_bf16 and VNNI multiply and add in one instruction. */
typedef float floats __attribute__((ext_vector_type(16)));
typedef int ints __attribute__((ext_vector_type(16)));

enum { PIXELS = 6, VECTORS = 4, WIDE = VECTORS * 16 };

#if PACK == 4
#define FEATURE __attribute__((target("avx512vnni")))
typedef ints sums;
#define ADD_PRODUCTS(sum, x, w) __builtin_ia32_vpdpbusd512(sum, x, w)
#elif PACK == 2
#define FEATURE __attribute__((target("avx512bf16")))
typedef floats sums;
#define ADD_PRODUCTS(sum, x, w) __builtin_ia32_dpbf16ps_512(sum, x, w)
#else
#define FEATURE
typedef floats sums;
#define ADD_PRODUCTS(sum, x, w) fma(as_float16(x), as_float16(w), sum)
#endif

#if PACK == 4
/* Products of two random operands are this much too large for the next layer's eight bits. */
#define TO_BYTE 0.001f
typedef __global uchar *restrict output;
#elif PACK == 2
typedef __global short *restrict output;
#else
typedef __global float *restrict output;
#endif

FEATURE static void keep(sums sum, floats bias, output y) {
#if PACK == 4
  vstore16(convert_uchar16_sat_rte(fmax(convert_float16(sum) * TO_BYTE + bias, 0)), 0, y);
#elif PACK == 2
  floats v = fmax(sum + bias, 0);
  *(__global short16 *)y = __builtin_ia32_cvtneps2bf16_512_mask(v, (short16)(0), 0xffff);
#else
  vstore16(fmax(sum + bias, 0), 0, y);
#endif
}

/* Not inlined: the function that calls it may use no more than the device that the driver knows has, and where it is
   inlined LLVM ends the process ("Cannot select"). */
FEATURE __attribute__((noinline)) static void tile(__global const int *restrict x, __global const int *restrict w,
    __global const float *restrict bias, output y, __global const int *restrict pixels,
    __global const int *restrict taps, int count, int depth, int channels) {
  sums sum[PIXELS][VECTORS];
  for (int p = 0; p < PIXELS; p++)
    for (int v = 0; v < VECTORS; v++) sum[p][v] = (sums)(0);
  for (int t = 0; t < count; t++) {
    __global const int *restrict at[PIXELS];
    for (int p = 0; p < PIXELS; p++) at[p] = x + pixels[p] + taps[t];
    for (int k = 0; k < depth; k++, w += WIDE) {
      ints weights[VECTORS];
#pragma unroll
      for (int v = 0; v < VECTORS; v++) weights[v] = ((__global const ints *)w)[v];
#pragma unroll
      for (int p = 0; p < PIXELS; p++) {
        ints one = (ints)(at[p][k]);
#pragma unroll
        for (int v = 0; v < VECTORS; v++) sum[p][v] = ADD_PRODUCTS(sum[p][v], one, weights[v]);
      }
    }
  }
#pragma unroll
  for (int p = 0; p < PIXELS; p++)
#pragma unroll
    for (int v = 0; v < VECTORS; v++) keep(sum[p][v], vload16(v, bias), y + p * channels + v * 16);
}

/* x [padded pixels][depth] of 32 bits, w [channels / 64][count of taps][depth][64], y [pixels][channels]; pixels and
   taps are places in x. A work-item makes a tile. */
__kernel void low_precision(__global const int *restrict x, __global const int *restrict w,
    __global const float *restrict bias, output y, __global const int *restrict pixels,
    __global const int *restrict taps, int count, int depth, int channels) {
  int row = get_global_id(0) * PIXELS, panel = get_global_id(1);
  tile(x, w + (long)panel * count * depth * WIDE, bias + panel * WIDE, y + row * channels + panel * WIDE, pixels + row,
      taps, count, depth, channels);
}
