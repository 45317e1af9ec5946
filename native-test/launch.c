#include "launch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cases.h"

Launch launch_new(const char *kernel, const char *prelude) {
  if (!cl_wants(kernel)) return (Launch){.skipped = true};
  Launch launch = {.kernel = cl_build(kernel, prelude)};
  if (!launch.kernel) exit(1);
  return launch;
}

static void pass(Launch *launch, size_t size, const void *value) {
  if (launch->skipped) return;
  cl_int status = clSetKernelArg(launch->kernel, launch->arguments, size, value);
  if (status != CL_SUCCESS) {
    fprintf(stderr, "argument %u of %zu bytes: OpenCL error %d\n", launch->arguments, size, status);
    exit(1);
  }
  launch->arguments++;
}

static void bind(Launch *launch, Buffer *buffer, bool written) {
  pass(launch, sizeof buffer->memory, &buffer->memory);
  for (int i = 0; i < launch->buffers; i++) {
    if (launch->bound[i].buffer != buffer) continue;
    launch->bound[i].written |= written;
    return;
  }
  launch->bound[launch->buffers].buffer = buffer;
  launch->bound[launch->buffers++].written = written;
}

void launch_reads(Launch *launch, Buffer *buffer) { bind(launch, buffer, false); }
void launch_writes(Launch *launch, Buffer *buffer) { bind(launch, buffer, true); }
void launch_int(Launch *launch, int value) { pass(launch, sizeof value, &value); }
void launch_long(Launch *launch, cl_long value) { pass(launch, sizeof value, &value); }
void launch_float(Launch *launch, float value) { pass(launch, sizeof value, &value); }
void launch_local(Launch *launch, size_t bytes) { pass(launch, bytes, NULL); }

void launch_group(Launch *launch, size_t x, size_t y, size_t z) {
  launch->group[0] = x;
  launch->group[1] = y;
  launch->group[2] = z;
}

static void enqueue(const Launch *launch, size_t x, size_t y, size_t z) {
  size_t local[3] = {1, 1, 1};
  for (int i = 0; i < 3; i++)
    if (launch->group[i]) local[i] = launch->group[i];
  size_t global[3] = {x * local[0], y * local[1], z * local[2]};
  CHECK(clEnqueueNDRangeKernel(cl_current_queue(), launch->kernel, 3, NULL, global, local, 0, NULL, NULL));
  CHECK(clFinish(cl_current_queue()));
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void print_time(const Launch *launch, size_t x, size_t y, size_t z, int rounds) {
  double best = INFINITY, bytes = 0;
  for (int i = 0; i < rounds; i++) {
    double start = seconds();
    enqueue(launch, x, y, z);
    best = fmin(best, seconds() - start);
  }
  for (int i = 0; i < launch->buffers; i++) bytes += 4.0 * (double)launch->bound[i].buffer->size;
  printf("    %9.4f ms %7.2f GB/s\n", 1e3 * best, 1e-9 * bytes / best);
}

static void upload_all(const Launch *launch) {
  for (int i = 0; i < launch->buffers; i++) buffer_upload(launch->bound[i].buffer);
}

/* Leaves a file named like the kernel and its cases, for launched.cmake; in CLARINET_NATIVE_LAUNCHED if that is set. */
static void leave_trace(const Launch *launch) {
  const char *folder = getenv("CLARINET_NATIVE_LAUNCHED");
  char name[256], path[1024];
  CHECK(clGetKernelInfo(launch->kernel, CL_KERNEL_FUNCTION_NAME, sizeof name, name, NULL));
  snprintf(path, sizeof path, "%s/%s.%s", folder ? folder : LAUNCHED_FOLDER, name, cases_last_read());
  FILE *trace = fopen(path, "w");
  if (trace) fclose(trace);
}

static bool skip(const Launch *launch) {
  for (int i = 0; i < launch->buffers; i++) {
    if (launch->bound[i].written) launch->bound[i].buffer->skipped = launch->skipped;
  }
  return launch->skipped;
}

bool launch_run(Launch *launch, size_t x, size_t y, size_t z) {
  const char *rounds = getenv("CLARINET_NATIVE_ROUNDS");
  if (skip(launch)) return true;
  upload_all(launch);
  if (rounds) {
    print_time(launch, x, y, z, atoi(rounds));
    upload_all(launch);
  }
  enqueue(launch, x, y, z);
  leave_trace(launch);
  bool kept = true;
  for (int i = 0; i < launch->buffers; i++) {
    kept &= buffer_download(launch->bound[i].buffer, launch->bound[i].written);
  }
  return kept;
}

int group_size(void) {
  const char *wanted = getenv("CLARINET_NATIVE_GROUP");
  return wanted ? atoi(wanted) : 64;
}

bool launch_run_items(Launch *launch, size_t x, size_t y, size_t z) {
  size_t group = (size_t)GROUP;
  launch_group(launch, group, 1, 1);
  return launch_run(launch, (x + group - 1) / group, y, z);
}
