#include "cl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_PROGRAMS = 256 };

const char *const TARGETS[TARGET_COUNT] = {"cpu", "gpu", "any"};

static cl_device_id device;
static cl_context context;
static cl_command_queue queue;

static struct {
  char *name, *prelude;
  cl_kernel kernel;
} programs[MAX_PROGRAMS];
static int program_count;

void cl_check(cl_int status, const char *call, const char *file, int line) {
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
    fprintf(stderr, "no OpenCL device%s%s: install pocl-opencl-icd or a vendor's driver\n", wanted ? " named " : "",
        wanted ? wanted : "");
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

cl_context cl_current_context(void) { return context; }
cl_command_queue cl_current_queue(void) { return queue; }

const char *cl_device_name(void) {
  static char name[256];
  CHECK(clGetDeviceInfo(device, CL_DEVICE_NAME, sizeof name, name, NULL));
  return name;
}

bool cl_uses_host_memory(void) {
  cl_platform_id platform;
  cl_device_type type;
  char name[256];
  CHECK(clGetDeviceInfo(device, CL_DEVICE_TYPE, sizeof type, &type, NULL));
  CHECK(clGetDeviceInfo(device, CL_DEVICE_PLATFORM, sizeof(cl_platform_id), &platform, NULL));
  CHECK(clGetPlatformInfo(platform, CL_PLATFORM_NAME, sizeof name, name, NULL));
  return (type & CL_DEVICE_TYPE_CPU) && !strcmp(name, "Portable Computing Language");
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

static char *source_of(const char *name) {
  char path[1024], *text = NULL;
  for (int i = 0; i < TARGET_COUNT && !text; i++) {
    snprintf(path, sizeof path, "%s/%s/%s.cl", OPENCL_FOLDER, TARGETS[i], name);
    text = read_text(path);
  }
  return text;
}

bool cl_wants(const char *name) {
  const char *folder = getenv("CLARINET_NATIVE_FOLDER");
  char path[1024];
  snprintf(path, sizeof path, "%s/%s/%s.cl", OPENCL_FOLDER, folder ? folder : "", name);
  return !folder || access(path, R_OK) == 0;
}

static cl_kernel compile(const char *name, const char *prelude) {
  char *text = source_of(name);
  if (!text) {
    printf("no folder of %s has a %s.cl\n", OPENCL_FOLDER, name);
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
