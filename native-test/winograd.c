#include "winograd.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double POINTS_2[] = {0, 1, -1}, POINTS_4[] = {0, 0.625, -0.625, 1.5, -1.5};

/* F(4x4) is allowed to round more: its transforms have the larger factors. */
Winograd winograd_new(int m, int rows, int small, int width) {
  Winograd wino = {
      .m = m, .n = m + 2, .rows = rows, .small = small, .width = width, .tolerance = m == 4 ? 1.1e-5 : 5e-6};
  const double *points = m == 4 ? POINTS_4 : POINTS_2;
  for (int i = 0; i <= m; i++) {
    double scale = 1;
    for (int j = 0; j <= m; j++) scale *= j == i ? 1 : points[i] - points[j];
    for (int k = 0; k < 3; k++) wino.g[i][k] = pow(points[i], k) / scale;
  }
  wino.g[m + 1][2] = 1;
  return wino;
}

char *winograd_prelude(const Winograd *wino, const Conv2d *p) {
  char defines[160];
  snprintf(defines, sizeof defines,
      "#define WINO_M %d\n#define WINO_ROWS %d\n#define WINO_SMALL %d\n#define WINO_BLOCKS %d\n", wino->m, wino->rows,
      wino->small, wino->width / p->block);
  return conv2d_prelude(p, defines);
}

int winograd_tiles(const Winograd *wino, const Conv2d *p) {
  return p->n * divide_up(p->oh, wino->m) * divide_up(p->ow, wino->m);
}

/* The fewest rows that cover the tiles: all wide or narrow groups, or up to two small ones after wide ones. */
static int cover(const Winograd *wino, int tiles, int *groups) {
  int n = *groups = divide_up(tiles, wino->rows), best = n * (wino->rows - 1) < tiles ? tiles : n * (wino->rows - 1);
  for (int small = 1; small <= 2 && small <= n; small++) {
    int rows = (n - small) * wino->rows + small * wino->small;
    if (rows >= tiles && rows < best) best = rows;
  }
  return best;
}

int winograd_groups(const Winograd *wino, int tiles) {
  int groups;
  cover(wino, tiles, &groups);
  return groups;
}

int winograd_rows(const Winograd *wino, int tiles) {
  int groups;
  return cover(wino, tiles, &groups);
}

double winograd_weight(const Winograd *wino, const Conv2d *p, int oc, int ic, int point) {
  const double *row = wino->g[point / wino->n], *column = wino->g[point % wino->n];
  double sum = 0;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) sum += row[i] * conv2d_weight(p, oc, ic, i, j) * column[j];
  return sum;
}

Buffer winograd_weights(const Winograd *wino, const Conv2d *p) {
  int points = wino->n * wino->n, channels = divide_up(p->ic, p->block) * p->block;
  Buffer packed = buffer_new((size_t)divide_up(p->oc, wino->width) * points * channels * wino->width);
  memset(packed.data, 0, packed.size * sizeof(float));
  for (int oc = 0; oc < p->oc; oc++)
    for (int k = 0; k < points; k++)
      for (int ic = 0; ic < p->ic; ic++) {
        size_t row = ((size_t)(oc / wino->width) * points + k) * channels + ic;
        packed.data[row * wino->width + oc % wino->width] = (float)winograd_weight(wino, p, oc, ic, k);
      }
  return packed;
}

/* Does a NaN at input line `in` reach output line `out`? The outer lines of a tile belong to one output line each. */
static bool reaches(const Winograd *wino, int pad, int in, int out) {
  int tile = out / wino->m * wino->m, place = in + pad - tile;
  if (place < 0 || place >= wino->n) return false;
  return place == 0 ? out == tile : place == wino->n - 1 ? out == tile + wino->m - 1 : true;
}

static void spread(const Winograd *wino, const Conv2d *p, int n, int y, int x, double *expected) {
  for (int oc = 0; oc < p->oc; oc++)
    for (int oy = 0; oy < p->oh; oy++)
      for (int ox = 0; ox < p->ow; ox++)
        if (reaches(wino, p->pad_top, y, oy) && reaches(wino, p->pad_left, x, ox))
          expected[(((size_t)n * p->oc + oc) * p->oh + oy) * p->ow + ox] = NAN;
}

double *winograd_expected(const Winograd *wino, const Conv2d *p) {
  double *expected = conv2d_expected(p);
  for (int n = 0; n < p->n; n++)
    for (int ic = 0; ic < p->ic; ic++)
      for (int y = 0; y < p->ih; y++)
        for (int x = 0; x < p->iw; x++)
          if (isnan(image_get(&p->x, n, ic, y, x))) spread(wino, p, n, y, x, expected);
  return expected;
}
