#define _DEFAULT_SOURCE
#include "fence.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cl.h"
#include "random.h"

enum { UNTOUCHED = 0xa5 };

static void tell(int signal) {
  static const char text[] = "  what lies outside of a buffer was read or written\n";
  (void)signal;
  (void)!write(STDOUT_FILENO, text, sizeof text - 1);
  _exit(1);
}

static void listen(void) {
  struct sigaction action = {.sa_handler = tell};
  sigaction(SIGSEGV, &action, NULL);
  sigaction(SIGBUS, &action, NULL);
}

Fence fence_new(size_t bytes) {
  listen();
  size_t page = (size_t)sysconf(_SC_PAGESIZE), room = (bytes + page - 1) / page * page;
  Fence fence = {.size = room + 2 * page, .bytes = bytes};
  fence.pages = mmap(NULL, fence.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (fence.pages == MAP_FAILED) cl_check(CL_OUT_OF_HOST_MEMORY, "mmap", __FILE__, __LINE__);
  memset(fence.pages, UNTOUCHED, fence.size);
  fence.data = fence.pages + page + (random_below(2) ? room - bytes : 0);
  mprotect(fence.pages, page, PROT_NONE);
  mprotect(fence.pages + page + room, page, PROT_NONE);
  return fence;
}

void fence_free(Fence *fence) { munmap(fence->pages, fence->size); }

bool fence_is_whole(const Fence *fence) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const char *end = fence->pages + fence->size - page;
  for (const char *at = fence->pages + page; at < end; at++)
    if ((at < fence->data || at >= fence->data + fence->bytes) && *at != (char)UNTOUCHED) return false;
  return true;
}
