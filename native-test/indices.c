#include "indices.h"

#include <stdio.h>
#include <string.h>

#include "random.h"

enum { OFFSET = 3, GAP = 2 };

static const cl_long NOTHING = -1;

/* Where an index lies, in elements of the buffer. */
static int place(const Indices *indices, int tuple, int k) { return OFFSET + tuple * (indices->length + GAP) + k; }

static void put(Indices *indices, int at, cl_long value) {
  if (indices->bits == 64) {
    memcpy((char *)indices->buffer.data + 8 * at, &value, 8);
  } else {
    cl_int narrow = (cl_int)value;
    memcpy((char *)indices->buffer.data + 4 * at, &narrow, 4);
  }
}

static cl_long get(const Indices *indices, int tuple, int k) {
  int at = place(indices, tuple, k);
  cl_long wide = 0;
  cl_int narrow = 0;
  if (indices->bits == 64) {
    memcpy(&wide, (const char *)indices->buffer.data + 8 * at, 8);
    return wide;
  }
  memcpy(&narrow, (const char *)indices->buffer.data + 4 * at, 4);
  return narrow;
}

Indices indices_random(int count, int length, int bits, const int *extents, bool wrong) {
  Indices made = {count, length, bits, extents, wrong, {0}, {0}};
  made.buffer = buffer_new((size_t)(place(&made, count, 0) * bits / 32));
  made.outside = buffer_new(2);
  memcpy(made.outside.data, &NOTHING, sizeof NOTHING);
  for (int t = 0; t < count; t++) {
    for (int k = 0; k < length; k++) put(&made, place(&made, t, k), random_below(2 * extents[k]) - extents[k]);
  }
  int last = length - 1;
  if (wrong) put(&made, place(&made, count / 2, last), random_below(2) ? extents[last] : -extents[last] - 1);
  return made;
}

void indices_free(Indices *indices) {
  buffer_free(&indices->buffer);
  buffer_free(&indices->outside);
}

bool indices_named(const Indices *indices, int tuple, int *at) {
  for (int k = 0; k < indices->length; k++) {
    cl_long index = get(indices, tuple, k);
    int extent = indices->extents[k];
    if (index < -extent || index >= extent) return false;
    at[k] = (int)(index < 0 ? index + extent : index);
  }
  return true;
}

const char *indices_type(const Indices *indices) { return indices->bits == 64 ? "long" : "int"; }

void launch_reads_indices(Launch *launch, Indices *indices) {
  launch_reads(launch, &indices->buffer);
  launch_long(launch, OFFSET);
  launch_long(launch, indices->length + GAP);
}

void launch_writes_outside(Launch *launch, Indices *indices) {
  launch_writes(launch, &indices->outside);
  launch_long(launch, 0);
  launch_long(launch, 0);
}

bool indices_told(const Indices *indices, const Launch *launch) {
  cl_long told, expected = NOTHING;
  memcpy(&told, indices->outside.data, sizeof told);
  int last = indices->length - 1;
  if (indices->wrong) expected = get(indices, indices->count / 2, last) * 256 + last;
  if (launch->skipped || told == expected) return true;
  printf("told %ld of an index outside, not %ld\n", (long)told, (long)expected);
  return false;
}

Buffer integers(const int *values, size_t count) {
  Buffer buffer = buffer_new(count);
  memcpy(buffer.data, values, count * sizeof *values);
  return buffer;
}
