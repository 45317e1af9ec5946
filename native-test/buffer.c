#include "buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Floats of a guard zone: whole pages, as a sub-buffer must begin where a buffer might. */
enum { GUARD = 4096 };

static const uint32_t POISON_BITS = 0x7fdeadcdu;

float poison(void) {
  float value;
  memcpy(&value, &POISON_BITS, sizeof value);
  return value;
}

bool is_poison(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits == POISON_BITS;
}

/* Between guard zones of the device's own memory. */
static void take_guarded(Buffer *buffer) {
  cl_int status;
  size_t bytes = (buffer->size + 2 * GUARD) * sizeof(float);
  buffer->whole = clCreateBuffer(cl_current_context(), CL_MEM_READ_WRITE, bytes, NULL, &status);
  CHECK(status);
  cl_buffer_region region = {GUARD * sizeof(float), buffer->size * sizeof(float)};
  buffer->memory = clCreateSubBuffer(buffer->whole, CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &region, &status);
  CHECK(status);
}

/* Between fences, where kernels work on memory that the host gave. */
static void take_fenced(Buffer *buffer) {
  cl_int status;
  buffer->fence = fence_new(buffer->size * sizeof(float));
  buffer->memory = clCreateBuffer(cl_current_context(), CL_MEM_READ_WRITE | CL_MEM_USE_HOST_PTR,
      buffer->size * sizeof(float), buffer->fence.data, &status);
  CHECK(status);
}

Buffer buffer_new(size_t size) {
  Buffer buffer = {.size = size, .data = malloc(size * sizeof(float))};
  for (size_t i = 0; i < size; i++) buffer.data[i] = poison();
  if (cl_uses_host_memory()) take_fenced(&buffer);
  else take_guarded(&buffer);
  return buffer;
}

Buffer buffer_of(const float *values, size_t size) {
  Buffer buffer = buffer_new(size);
  memcpy(buffer.data, values, size * sizeof(float));
  return buffer;
}

void buffer_free(Buffer *buffer) {
  clReleaseMemObject(buffer->memory);
  if (buffer->whole) clReleaseMemObject(buffer->whole);
  else fence_free(&buffer->fence);
  free(buffer->data);
}

static void put(cl_mem to, const float *from, size_t size) {
  CHECK(clEnqueueWriteBuffer(cl_current_queue(), to, CL_TRUE, 0, size * sizeof(float), from, 0, NULL, NULL));
}

static void get(cl_mem from, float *to, size_t size) {
  CHECK(clEnqueueReadBuffer(cl_current_queue(), from, CL_TRUE, 0, size * sizeof(float), to, 0, NULL, NULL));
}

void buffer_upload(const Buffer *buffer) {
  if (!buffer->whole) {
    put(buffer->memory, buffer->data, buffer->size);
    return;
  }
  size_t total = buffer->size + 2 * GUARD;
  float *all = malloc(total * sizeof(float));
  for (size_t i = 0; i < total; i++) all[i] = poison();
  memcpy(all + GUARD, buffer->data, buffer->size * sizeof(float));
  put(buffer->whole, all, total);
  free(all);
}

/* Reads back; whether nothing beside it was written. */
static bool fetch(const Buffer *buffer, float *to) {
  if (!buffer->whole) {
    get(buffer->memory, to, buffer->size);
    return fence_is_whole(&buffer->fence);
  }
  size_t total = buffer->size + 2 * GUARD;
  float *all = malloc(total * sizeof(float));
  get(buffer->whole, all, total);
  bool kept = true;
  for (size_t i = 0; i < GUARD; i++) kept &= is_poison(all[i]) && is_poison(all[GUARD + buffer->size + i]);
  memcpy(to, all + GUARD, buffer->size * sizeof(float));
  free(all);
  return kept;
}

bool buffer_download(Buffer *buffer, bool written) {
  float *found = malloc(buffer->size * sizeof(float));
  bool kept = fetch(buffer, found);
  if (!kept) printf("  a guard zone was written\n");
  if (!written && memcmp(buffer->data, found, buffer->size * sizeof(float))) {
    printf("  an input was written\n");
    kept = false;
  }
  memcpy(buffer->data, found, buffer->size * sizeof(float));
  free(found);
  return kept;
}
