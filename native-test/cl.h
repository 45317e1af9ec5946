/* The raw OpenCL API, thinly: one device, programs, guarded buffers, launches. Any OpenCL error exits with a message. */
#pragma once
#include <CL/cl.h>
#include <stdbool.h>
#include <stddef.h>

/* Opens the first device, or the first whose name contains CLARINET_NATIVE_DEVICE; exits where there is none. */
void cl_open(void);
const char *cl_device_name(void);
size_t cl_local_memory_bytes(void);

/* Compiles opencl/<name>.cl after the prelude (#define lines) with -Werror; prints the log and returns NULL on failure. */
cl_kernel cl_build(const char *name, const char *prelude);

/* A prelude by printf format, valid until the next call. */
const char *prelude(const char *format, ...);

/* Whole text of a file, NUL-terminated, to be freed; NULL where it cannot be read. */
char *read_text(const char *path);

/* Device floats between two guard zones, with their host copy. New floats are poison: a NaN that no kernel makes. */
typedef struct {
  size_t size;
  float *data;
  cl_mem whole, memory;
} Buffer;

Buffer buffer_new(size_t size);
Buffer buffer_of(const float *values, size_t size);
void buffer_free(Buffer *buffer);

/* A NaN that is told from every other by its bits. */
float poison(void);
bool is_poison(float value);

/* A kernel with its arguments, added in the order of its parameters. */
typedef struct {
  cl_kernel kernel;
  unsigned arguments;
  int buffers;
  struct { Buffer *buffer; bool written; } bound[16];
} Launch;

Launch launch_new(const char *kernel, const char *prelude);
void launch_reads(Launch *launch, Buffer *buffer);
void launch_writes(Launch *launch, Buffer *buffer);
void launch_int(Launch *launch, int value);
void launch_long(Launch *launch, cl_long value);
void launch_float(Launch *launch, float value);
void launch_local(Launch *launch, size_t bytes);

/* Uploads every buffer, runs x*y*z work-groups of one work-item, reads back what is written. False, with a
   message, when a guard zone or a buffer that is only read was changed. Where CLARINET_NATIVE_ROUNDS is set, also
   prints the best time of that many rounds and the rate at which they passed over the buffers. */
bool launch_run(Launch *launch, size_t x, size_t y, size_t z);
