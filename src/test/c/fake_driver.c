// fake_driver - an OpenCL driver that computes nothing and answers as the file beside it says, for tests of what a
// driver may do wrong. It goes along with everything that opening a device asks, and every buffer reads as zeros.
//
// The file is called as the library, with ".txt" at its end. A line of it is one of
//   fail KEY STATUS      the call fails with this status
//   answer KEY VALUE     the property has this value, a number or the rest of the line
//   size KEY BYTES       the property is said to be so long
//   crash KEY            the call writes where nothing may be written
//   hang KEY             the call never returns
// where KEY is an OpenCL function, or the number of a platform's or device's property.
#define CL_TARGET_OPENCL_VERSION 120
#define CL_USE_DEPRECATED_OPENCL_1_1_APIS
#define _GNU_SOURCE
#include <CL/cl_icd.h>
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static cl_icd_dispatch dispatch;
struct object {
  cl_icd_dispatch *dispatch;
};
static struct object it = {&dispatch};  // the one platform, device, context, queue, program, kernel and buffer

struct line {
  char verb[16], key[64], value[256];
};
static struct line script[64];
static int lines;

static void read_script(void) {
  Dl_info self;
  char path[4096], line[512];
  if (lines || !dladdr((void *)read_script, &self)) return;
  snprintf(path, sizeof path, "%s.txt", self.dli_fname);
  FILE *file = fopen(path, "r");
  while (file && lines < 64 && fgets(line, sizeof line, file))
    lines += sscanf(line, "%15s %63s %255[^\n]", script[lines].verb, script[lines].key, script[lines].value) >= 2;
  if (file) fclose(file);
}

static const char *told(const char *verb, const char *key) {
  for (int i = 0; i < lines; i++)
    if (!strcmp(script[i].verb, verb) && !strcmp(script[i].key, key)) return script[i].value;
  return NULL;
}

static cl_int status(const char *function) {
  const char *value = told("fail", function);
  if (told("crash", function)) *(volatile int *)0 = 1;
  while (told("hang", function)) pause();
  return value ? atoi(value) : CL_SUCCESS;
}

static void *object(const char *function, cl_int *code) {
  const cl_int failure = status(function);
  if (code) *code = failure;
  return failure ? NULL : &it;
}

// The value of a property: as the script says, else `text`, else `number`.
static cl_int property(cl_uint what, const char *text, uint64_t number, size_t room, void *value, size_t *size) {
  char key[16];
  snprintf(key, sizeof key, "%u", what);
  const char *fail = told("fail", key), *answer = told("answer", key), *length = told("size", key);
  if (fail) return atoi(fail);
  if (answer && !text) number = strtoull(answer, NULL, 0);
  if (answer && text) text = answer;
  const size_t bytes = text ? strlen(text) + 1 : room ? room : sizeof number;
  if (size) *size = length ? strtoull(length, NULL, 0) : bytes;
  if (!value) return CL_SUCCESS;
  if (room < bytes) return CL_INVALID_VALUE;
  if (text) memcpy(value, text, bytes);
  else memcpy(value, &number, bytes < sizeof number ? bytes : sizeof number);
  return CL_SUCCESS;
}

static cl_int CL_API_CALL platform_info(
    cl_platform_id platform, cl_platform_info what, size_t room, void *value, size_t *size) {
  const char *text = what == CL_PLATFORM_NAME         ? "Fake"
                     : what == CL_PLATFORM_VERSION    ? "OpenCL 1.2 fake"
                     : what == CL_PLATFORM_PROFILE    ? "FULL_PROFILE"
                     : what == CL_PLATFORM_EXTENSIONS ? "cl_khr_icd"
                                                      : "fake";
  return status("clGetPlatformInfo") ? status("clGetPlatformInfo") : property(what, text, 0, room, value, size);
}

static cl_int CL_API_CALL device_ids(
    cl_platform_id platform, cl_device_type type, cl_uint room, cl_device_id *devices, cl_uint *count) {
  const char *answer = told("answer", "clGetDeviceIDs");
  if (status("clGetDeviceIDs")) return status("clGetDeviceIDs");
  if (type != CL_DEVICE_TYPE_DEFAULT && type != CL_DEVICE_TYPE_ALL && type >> 5) return CL_INVALID_DEVICE_TYPE;
  if (count) *count = answer ? strtoul(answer, NULL, 0) : 1;
  if (devices && room) devices[0] = (cl_device_id)&it;
  return CL_SUCCESS;
}

static cl_int CL_API_CALL device_info(
    cl_device_id device, cl_device_info what, size_t room, void *value, size_t *size) {
  const char *text = NULL;
  uint64_t number = 1;
  switch (what) {
    case CL_DEVICE_NAME: text = "fake device"; break;
    case CL_DEVICE_VERSION: text = "OpenCL 1.2 fake"; break;
    case CL_DEVICE_OPENCL_C_VERSION: text = "OpenCL C 1.2 fake"; break;
    case CL_DRIVER_VERSION:
    case CL_DEVICE_VENDOR:
    case CL_DEVICE_PROFILE:
    case CL_DEVICE_EXTENSIONS: text = "1"; break;
    case CL_DEVICE_TYPE: number = CL_DEVICE_TYPE_GPU; break;
    case CL_DEVICE_MAX_WORK_GROUP_SIZE: number = 1024; break;
    case CL_DEVICE_LOCAL_MEM_SIZE: number = 1 << 16; break;
    case CL_DEVICE_GLOBAL_MEM_SIZE:
    case CL_DEVICE_MAX_MEM_ALLOC_SIZE: number = 1 << 30; break;
    default: break;
  }
  return status("clGetDeviceInfo") ? status("clGetDeviceInfo") : property(what, text, number, room, value, size);
}

static cl_context CL_API_CALL create_context(const cl_context_properties *properties, cl_uint count,
    const cl_device_id *devices, void(CL_CALLBACK *notify)(const char *, const void *, size_t, void *), void *data,
    cl_int *code) {
  return object("clCreateContext", code);
}

static cl_command_queue CL_API_CALL create_queue(
    cl_context context, cl_device_id device, cl_command_queue_properties properties, cl_int *code) {
  return object("clCreateCommandQueue", code);
}

static cl_program CL_API_CALL create_program(
    cl_context context, cl_uint count, const char **texts, const size_t *lengths, cl_int *code) {
  return object("clCreateProgramWithSource", code);
}

static cl_program CL_API_CALL load_program(cl_context context, cl_uint count, const cl_device_id *devices,
    const size_t *lengths, const unsigned char **binaries, cl_int *statuses, cl_int *code) {
  if (code) *code = CL_INVALID_BINARY;
  return NULL;
}

static cl_int CL_API_CALL build_program(cl_program program, cl_uint count, const cl_device_id *devices,
    const char *options, void(CL_CALLBACK *notify)(cl_program, void *), void *data) {
  return status("clBuildProgram");
}

static cl_int CL_API_CALL build_info(
    cl_program program, cl_device_id device, cl_program_build_info what, size_t room, void *value, size_t *size) {
  return property(what, "the fake compiler's log", 0, room, value, size);
}

static cl_int CL_API_CALL program_info(
    cl_program program, cl_program_info what, size_t room, void *value, size_t *size) {
  return CL_INVALID_VALUE;
}

static cl_kernel CL_API_CALL create_kernel(cl_program program, const char *name, cl_int *code) {
  return object("clCreateKernel", code);
}

static cl_int CL_API_CALL set_argument(cl_kernel kernel, cl_uint index, size_t size, const void *value) {
  return status("clSetKernelArg");
}

static cl_mem CL_API_CALL create_buffer(cl_context context, cl_mem_flags flags, size_t size, void *host, cl_int *code) {
  return object("clCreateBuffer", code);
}

static cl_int CL_API_CALL fill(cl_command_queue queue, cl_mem buffer, const void *pattern, size_t pattern_size,
    size_t offset, size_t size, cl_uint count, const cl_event *wait, cl_event *event) {
  return status("clEnqueueFillBuffer");
}

static cl_int CL_API_CALL run(cl_command_queue queue, cl_kernel kernel, cl_uint dimensions, const size_t *offset,
    const size_t *global, const size_t *local, cl_uint count, const cl_event *wait, cl_event *event) {
  return status("clEnqueueNDRangeKernel");
}

static cl_int CL_API_CALL read_buffer(cl_command_queue queue, cl_mem buffer, cl_bool blocking, size_t offset,
    size_t size, void *host, cl_uint count, const cl_event *wait, cl_event *event) {
  memset(host, 0, size);
  return status("clEnqueueReadBuffer");
}

static cl_int CL_API_CALL finish(cl_command_queue queue) { return status("clFinish"); }
static cl_int CL_API_CALL flush(cl_command_queue queue) { return status("clFlush"); }
static cl_int CL_API_CALL release_context(cl_context context) { return status("clReleaseContext"); }
static cl_int CL_API_CALL release_queue(cl_command_queue queue) { return status("clReleaseCommandQueue"); }
static cl_int CL_API_CALL release_program(cl_program program) { return status("clReleaseProgram"); }
static cl_int CL_API_CALL release_kernel(cl_kernel kernel) { return status("clReleaseKernel"); }
static cl_int CL_API_CALL release_buffer(cl_mem buffer) { return status("clReleaseMemObject"); }

cl_int CL_API_CALL clIcdGetPlatformIDsKHR(cl_uint room, cl_platform_id *platforms, cl_uint *count) {
  read_script();
  dispatch.clGetPlatformInfo = platform_info;
  dispatch.clGetDeviceIDs = device_ids;
  dispatch.clGetDeviceInfo = device_info;
  dispatch.clCreateContext = create_context;
  dispatch.clCreateCommandQueue = create_queue;
  dispatch.clCreateProgramWithSource = create_program;
  dispatch.clCreateProgramWithBinary = load_program;
  dispatch.clBuildProgram = build_program;
  dispatch.clGetProgramBuildInfo = build_info;
  dispatch.clGetProgramInfo = program_info;
  dispatch.clCreateKernel = create_kernel;
  dispatch.clSetKernelArg = set_argument;
  dispatch.clCreateBuffer = create_buffer;
  dispatch.clEnqueueFillBuffer = fill;
  dispatch.clEnqueueNDRangeKernel = run;
  dispatch.clEnqueueReadBuffer = read_buffer;
  dispatch.clFinish = finish;
  dispatch.clFlush = flush;
  dispatch.clReleaseContext = release_context;
  dispatch.clReleaseCommandQueue = release_queue;
  dispatch.clReleaseProgram = release_program;
  dispatch.clReleaseKernel = release_kernel;
  dispatch.clReleaseMemObject = release_buffer;
  if (count) *count = 1;
  if (platforms && room) platforms[0] = (cl_platform_id)&it;
  return status("clIcdGetPlatformIDsKHR");
}

cl_int CL_API_CALL clGetPlatformInfo(
    cl_platform_id platform, cl_platform_info what, size_t room, void *value, size_t *size) {
  return platform_info(platform, what, room, value, size);
}

void *CL_API_CALL clGetExtensionFunctionAddress(const char *name) {
  return strcmp(name, "clIcdGetPlatformIDsKHR") ? NULL : (void *)clIcdGetPlatformIDsKHR;
}
