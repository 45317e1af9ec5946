/* A kernel with its arguments, run and checked. */
#pragma once
#include "buffer.h"

/* Arguments are added in the order of the kernel's parameters. */
typedef struct {
  cl_kernel kernel;
  unsigned arguments;
  bool skipped;    /* its kernel is not asked for; what it writes matches everything */
  size_t group[3]; /* zeros for one work-item a group */
  int buffers;
  struct {
    Buffer *buffer;
    bool written;
  } bound[16];
} Launch;

Launch launch_new(const char *kernel, const char *prelude);
void launch_reads(Launch *launch, Buffer *buffer);
void launch_writes(Launch *launch, Buffer *buffer);
void launch_int(Launch *launch, int value);
void launch_long(Launch *launch, cl_long value);
void launch_float(Launch *launch, float value);
void launch_local(Launch *launch, size_t bytes);

/* Work-items of a group of most kernels for GPUs; CLARINET_NATIVE_GROUP, 64 if that is not set. */
#define GROUP group_size()
int group_size(void);

/* Sets the work-items of a group, one if never called. */
void launch_group(Launch *launch, size_t x, size_t y, size_t z);

/* Uploads every buffer, runs x*y*z work-groups, reads back what is written. False, with a
   message, when a guard zone or a buffer that is only read was changed. Where CLARINET_NATIVE_ROUNDS is set, also
   prints the best time of that many rounds and the rate at which they passed over the buffers. */
bool launch_run(Launch *launch, size_t x, size_t y, size_t z);

/* The same in groups of GROUP along x, which has at least so many work-items: the shape of launch for GPUs. */
bool launch_run_items(Launch *launch, size_t x, size_t y, size_t z);
