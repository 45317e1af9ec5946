#include "random.h"

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

static uint64_t state;

uint64_t random_seed(void) {
  static uint64_t seed;
  static bool chosen;
  if (!chosen) {
    const char *given = getenv("CLARINET_NATIVE_SEED");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    seed = given ? strtoull(given, NULL, 10) : (uint64_t)now.tv_sec * 1000000007u + (uint64_t)now.tv_nsec;
    state = seed;
    chosen = true;
  }
  return seed;
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(void) {
  random_seed();
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

float random_between(float low, float high) { return low + (high - low) * (float)(next() >> 40) / 16777216.0f; }

int random_below(int count) { return (int)(next() % (uint64_t)count); }
