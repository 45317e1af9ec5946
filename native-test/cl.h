/* The raw OpenCL API, thinly: one device and its programs. Any OpenCL error exits with a message. */
#pragma once
#include <CL/cl.h>
#include <stdbool.h>
#include <stddef.h>

/* Opens the first device, or the first whose name contains CLARINET_NATIVE_DEVICE; exits where there is none. */
void cl_open(void);
const char *cl_device_name(void);
/* Whether kernels work on the memory that the host gave a buffer, not on a copy: PoCL's do on CPUs. */
bool cl_uses_host_memory(void);

cl_context cl_current_context(void);
cl_command_queue cl_current_queue(void);

/* Exits with a message unless the call succeeded. */
#define CHECK(call) cl_check((call), #call, __FILE__, __LINE__)
void cl_check(cl_int status, const char *call, const char *file, int line);

/* The folders of opencl/ where kernels lie: for CPU devices, for GPUs, for both. */
extern const char *const TARGETS[];
enum { TARGET_COUNT = 3 };

/* Whether kernels of this one's folder are asked for: all, or those of CLARINET_NATIVE_FOLDER, such as gpu. */
bool cl_wants(const char *name);

/* Compiles opencl/<target>/<name>.cl after the prelude (#define lines) with -Werror; NULL, with the log printed, where
   that fails. */
cl_kernel cl_build(const char *name, const char *prelude);

/* A prelude by printf format, valid until the next call. */
const char *prelude(const char *format, ...);

/* Whole text of a file, NUL-terminated, to be freed; NULL where it cannot be read. */
char *read_text(const char *path);
