/* Device floats between two guard zones, or two fences, with their host copy. */
#pragma once
#include <stdbool.h>

#include "cl.h"
#include "fence.h"

/* New floats are poison: a NaN that no kernel makes. */
typedef struct {
  size_t size;
  float *data;
  bool skipped;         /* by the kernel that would have written it */
  cl_mem whole, memory; /* no whole where there are fences */
  Fence fence;
} Buffer;

Buffer buffer_new(size_t size);
Buffer buffer_of(const float *values, size_t size);
void buffer_free(Buffer *buffer);

/* A NaN that is told from every other by its bits. */
float poison(void);
bool is_poison(float value);

void buffer_upload(const Buffer *buffer);

/* Reads back; false when a guard zone changed, or the content of a buffer that is not `written`. */
bool buffer_download(Buffer *buffer, bool written);
