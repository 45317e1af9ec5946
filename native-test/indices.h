/* Tuples of indices in a view, and the word in which a kernel tells one that is outside of its axis. */
#pragma once
#include "launch.h"

typedef struct {
  int count, length, bits; /* tuples, indices of each, of 32 or 64 bits */
  const int *extents;      /* of the axes that each of a tuple names; the caller's */
  bool wrong;              /* whether one is outside */
  Buffer buffer, outside;
} Indices;

/* Random ones, from the end too; where `wrong`, one in the middle is outside. */
Indices indices_random(int count, int length, int bits, const int *extents, bool wrong);
void indices_free(Indices *indices);

/* The coordinates that a tuple names; false where it is outside. */
bool indices_named(const Indices *indices, int tuple, int *at);

/* The type of INDEX. */
const char *indices_type(const Indices *indices);

void launch_reads_indices(Launch *launch, Indices *indices);
void launch_writes_outside(Launch *launch, Indices *indices);

/* After the run: whether the kernel told the index that is outside, or nothing where none is. Prints what is wrong. */
bool indices_told(const Indices *indices, const Launch *launch);

/* Whole numbers as a kernel reads them. */
Buffer integers(const int *values, size_t count);
