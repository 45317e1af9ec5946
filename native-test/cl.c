#include "cl.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { GUARD = 4096, MAX_PROGRAMS = 256 };

static cl_device_id device;
static cl_context context;
static cl_command_queue queue;

static struct {
  char *name, *prelude;
  cl_kernel kernel;
} programs[MAX_PROGRAMS];
static int program_count;

#define CHECK(call) check((call), #call, __FILE__, __LINE__)

static void check(cl_int status, const char *call, const char *file, int line) {
  if (status == CL_SUCCESS) return;
  fprintf(stderr, "%s:%d: %s: OpenCL error %d\n", file, line, call, status);
  exit(1);
}

static bool choose(cl_platform_id platform, const char *wanted) {
  cl_device_id devices[16];
  cl_uint count = 0;
  if (clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 16, devices, &count) != CL_SUCCESS) return false;
  for (cl_uint i = 0; i < count && i < 16; i++) {
    char name[256];
    CHECK(clGetDeviceInfo(devices[i], CL_DEVICE_NAME, sizeof name, name, NULL));
    if (wanted && !strstr(name, wanted)) continue;
    device = devices[i];
    return true;
  }
  return false;
}

void cl_open(void) {
  const char *wanted = getenv("CLARINET_NATIVE_DEVICE");
  cl_platform_id platforms[16];
  cl_uint count = 0;
  clGetPlatformIDs(16, platforms, &count);
  for (cl_uint i = 0; i < count && i < 16 && !device; i++) choose(platforms[i], wanted);
  if (!device) {
    fprintf(stderr, "no OpenCL device%s%s: install pocl-opencl-icd or a vendor's driver\n", wanted ? " named " : "", wanted ? wanted : "");
    exit(1);
  }
  if (chdir(OPENCL_FOLDER) != 0) {
    perror(OPENCL_FOLDER);
    exit(1);
  }
  cl_int status;
  context = clCreateContext(NULL, 1, &device, NULL, NULL, &status);
  CHECK(status);
  queue = clCreateCommandQueue(context, device, 0, &status);
  CHECK(status);
}

const char *cl_device_name(void) {
  static char name[256];
  CHECK(clGetDeviceInfo(device, CL_DEVICE_NAME, sizeof name, name, NULL));
  return name;
}

size_t cl_local_memory_bytes(void) {
  cl_ulong bytes;
  CHECK(clGetDeviceInfo(device, CL_DEVICE_LOCAL_MEM_SIZE, sizeof bytes, &bytes, NULL));
  return (size_t)bytes;
}

const char *prelude(const char *format, ...) {
  static char text[4096];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

char *read_text(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  char *text = calloc(size + 1, 1);
  if (fread(text, 1, size, file) != size) text[0] = '\0';
  fclose(file);
  return text;
}

static void print_log(cl_program program) {
  size_t size = 0;
  clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, NULL, &size);
  char *log = calloc(size + 1, 1);
  clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, size, log, NULL);
  printf("%s\n", log);
  free(log);
}

static cl_kernel compile(const char *name, const char *prelude) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s.cl", OPENCL_FOLDER, name);
  char *text = read_text(path);
  if (!text) {
    perror(path);
    return NULL;
  }
  cl_int status;
  cl_program program = clCreateProgramWithSource(context, 2, (const char *[]){prelude, text}, NULL, &status);
  CHECK(status);
  free(text);
  // relative, because a build option cannot hold a path with a space
  if (clBuildProgram(program, 1, &device, "-cl-std=CL1.2 -Werror -I .", NULL, NULL) != CL_SUCCESS) {
    printf("%s.cl does not build after\n%s", name, prelude);
    print_log(program);
    return NULL;
  }
  cl_kernel kernel = clCreateKernel(program, name, &status);
  if (status != CL_SUCCESS) printf("%s.cl has no kernel %s\n", name, name);
  return status == CL_SUCCESS ? kernel : NULL;
}

cl_kernel cl_build(const char *name, const char *prelude) {
  for (int i = 0; i < program_count; i++) {
    if (!strcmp(programs[i].name, name) && !strcmp(programs[i].prelude, prelude)) return programs[i].kernel;
  }
  cl_kernel kernel = compile(name, prelude);
  if (kernel && program_count < MAX_PROGRAMS) {
    programs[program_count].name = strdup(name);
    programs[program_count].prelude = strdup(prelude);
    programs[program_count++].kernel = kernel;
  }
  return kernel;
}

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
  buffer.whole = clCreateBuffer(context, CL_MEM_READ_WRITE, (size + 2 * GUARD) * sizeof(float), NULL, &status);
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

static void upload(const Buffer *buffer) {
  size_t total = buffer->size + 2 * GUARD;
  float *all = malloc(total * sizeof(float));
  for (size_t i = 0; i < total; i++) all[i] = poison();
  memcpy(all + GUARD, buffer->data, buffer->size * sizeof(float));
  CHECK(clEnqueueWriteBuffer(queue, buffer->whole, CL_TRUE, 0, total * sizeof(float), all, 0, NULL, NULL));
  free(all);
}

/* Reads back; false when a guard zone changed, or the content of a buffer that is not `written`. */
static bool download(Buffer *buffer, bool written) {
  size_t total = buffer->size + 2 * GUARD, bytes = buffer->size * sizeof(float);
  float *all = malloc(total * sizeof(float));
  CHECK(clEnqueueReadBuffer(queue, buffer->whole, CL_TRUE, 0, total * sizeof(float), all, 0, NULL, NULL));
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

Launch launch_new(const char *kernel, const char *prelude) {
  Launch launch = {.kernel = cl_build(kernel, prelude)};
  if (!launch.kernel) exit(1);
  return launch;
}

static void pass(Launch *launch, size_t size, const void *value) {
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

static void enqueue(const Launch *launch, size_t x, size_t y, size_t z) {
  size_t global[3] = {x, y, z}, local[3] = {1, 1, 1};
  CHECK(clEnqueueNDRangeKernel(queue, launch->kernel, 3, NULL, global, local, 0, NULL, NULL));
  CHECK(clFinish(queue));
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
  for (int i = 0; i < launch->buffers; i++) upload(launch->bound[i].buffer);
}

bool launch_run(Launch *launch, size_t x, size_t y, size_t z) {
  const char *rounds = getenv("CLARINET_NATIVE_ROUNDS");
  upload_all(launch);
  if (rounds) {
    print_time(launch, x, y, z, atoi(rounds));
    upload_all(launch);
  }
  enqueue(launch, x, y, z);
  bool kept = true;
  for (int i = 0; i < launch->buffers; i++) kept &= download(launch->bound[i].buffer, launch->bound[i].written);
  return kept;
}
