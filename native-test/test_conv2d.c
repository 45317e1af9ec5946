/* conv2d_1x1 and conv2d_direct over the same cases. */
#include <stdlib.h>

#include "conv2d_tiled.h"
#include "suite.h"

static bool is_pointwise(const Conv2d *p) {
  return p->kh == 1 && p->kw == 1 && p->groups == 1 && p->pad_top == 0 && p->pad_left == 0 &&
         (p->oh - 1) * p->stride_h < p->ih && (p->ow - 1) * p->stride_w < p->iw;
}

static bool is_whole_blocks(const Conv2d *p) {
  return p->groups == 1 || (p->ic / p->groups % p->block == 0 && p->oc / p->groups % p->block == 0);
}

static bool test(const Case *c, int block) {
  Conv2d p = conv2d_new(c, block, block);
  double *expected = conv2d_expected(&p);
  bool passed = true;
  const int tile_blocks[] = {4, 2}, strips[] = {1 << 20, 12, 17}, passes[] = {4096, block, 2 * block};
  for (int i = block == 16 ? 0 : 1; i < 2; i++)
    for (int j = 0; j < 3; j++) {
      Tiling tiling;
      if (!tiling_new(&tiling, &p, tile_blocks[i], strips[j], passes[j])) continue;
      if (is_pointwise(&p)) passed &= tiling_run("conv2d_1x1", &tiling, &p, expected);
      if (is_whole_blocks(&p)) passed &= tiling_run("conv2d_direct", &tiling, &p, expected);
    }
  free(expected);
  conv2d_free(&p);
  return passed;
}

int main(void) { return suite_blocked("conv2d", test); }
