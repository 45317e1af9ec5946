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

Buffer buffer_new(size_t size) {
  Buffer buffer = {.size = size, .data = malloc(size * sizeof(float))};
  for (size_t i = 0; i < size; i++) buffer.data[i] = poison();
  cl_int status;
  buffer.whole =
      clCreateBuffer(cl_current_context(), CL_MEM_READ_WRITE, (size + 2 * GUARD) * sizeof(float), NULL, &status);
  CHECK(status);
  cl_buffer_region region = {GUARD * sizeof(float), size * sizeof(float)};
  buffer.memory = clCreateSubBuffer(buffer.whole, CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &region, &status);
  CHECK(status);
  return buffer;
}

Buffer buffer_of(const float *values, size_t size) {
  Buffer buffer = buffer_new(size);
  memcpy(buffer.data, values, size * sizeof(float));
  return buffer;
}

void buffer_free(Buffer *buffer) {
  clReleaseMemObject(buffer->memory);
  clReleaseMemObject(buffer->whole);
  free(buffer->data);
}

void buffer_upload(const Buffer *buffer) {
  size_t total = buffer->size + 2 * GUARD;
  float *all = malloc(total * sizeof(float));
  for (size_t i = 0; i < total; i++) all[i] = poison();
  memcpy(all + GUARD, buffer->data, buffer->size * sizeof(float));
  CHECK(clEnqueueWriteBuffer(cl_current_queue(), buffer->whole, CL_TRUE, 0, total * sizeof(float), all, 0, NULL, NULL));
  free(all);
}

bool buffer_download(Buffer *buffer, bool written) {
  size_t total = buffer->size + 2 * GUARD, bytes = buffer->size * sizeof(float);
  float *all = malloc(total * sizeof(float));
  CHECK(clEnqueueReadBuffer(cl_current_queue(), buffer->whole, CL_TRUE, 0, total * sizeof(float), all, 0, NULL, NULL));
  bool kept = true;
  for (size_t i = 0; i < GUARD; i++) kept &= is_poison(all[i]) && is_poison(all[GUARD + buffer->size + i]);
  if (!kept) printf("  a guard zone was written\n");
  if (!written && memcmp(buffer->data, all + GUARD, bytes)) {
    printf("  an input was written\n");
    kept = false;
  }
  memcpy(buffer->data, all + GUARD, bytes);
  free(all);
  return kept;
}
