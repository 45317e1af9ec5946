/* Memory of the host between pages that nobody may touch. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef struct {
  char *pages, *data; /* data begins right behind one such page, or ends right before the other */
  size_t size, bytes;
} Fence;

/* Whoever touches what lies beyond ends the process with a message. */
Fence fence_new(size_t bytes);
void fence_free(Fence *fence);

/* Whether what lies beside the data, on the side away from its page, is as it was. */
bool fence_is_whole(const Fence *fence);
