/* Seeded random inputs: a fresh seed each run, CLARINET_NATIVE_SEED repeats one. */
#pragma once
#include <stdint.h>

/* The seed of this run, fixed at the first call. */
uint64_t random_seed(void);

/* Uniform in [low, high). */
float random_between(float low, float high);

/* Uniform in 0 .. count-1. */
int random_below(int count);
