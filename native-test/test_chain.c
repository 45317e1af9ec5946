/* chain: launches of a small function, each reading what others of the launch before have written. A launch before the
   strands fills all values; each strand then works on its own, and a launch behind them on all. */
#include <stdlib.h>
#include <string.h>

#include "launch.h"
#include "suite.h"

enum { ROW = 9, FACTOR = 7, LINE = 16 };

static const char *CALLS =
    "#define CHAIN_ROW 9\n"
    "#define CHAIN_CALLS case 1: scratch[0] = ((const __global float *)a[0])[at[0] * 7 % of[0]]; "
    "((__global float *)a[1])[at[0]] = scratch[0] + as_float((int)a[2]); break;\n";

static Buffer zeros(size_t size) {
  float *values = calloc(size, sizeof *values);
  Buffer buffer = buffer_of(values, size);
  free(values);
  return buffer;
}

static bool address_of(Buffer *buffer, cl_long *address) {
  Buffer addresses = zeros(4);
  Launch launch = launch_new("chain", CALLS);
  launch_writes(&launch, &addresses);
  launch_reads(&launch, buffer);
  launch_int(&launch, -2);
  for (int i = 0; i < 3; i++) launch_int(&launch, 0);
  launch_local(&launch, sizeof(float));
  bool passed = launch_run(&launch, 1, 1, 1);
  memcpy(address, addresses.data + 2, sizeof *address);
  buffer_free(&addresses);
  return passed && *address;
}

/* One launch before the strands and one behind, each over all items; strands of launches over their own items. */
typedef struct {
  int items, each, strands, groups;
} Network;

static int launches_of(const Network *n) { return 2 + n->each * n->strands; }

/* Launches over the same items before a launch, counted in their order. */
static int depth_of(const Network *n, int launch) {
  return launch == 0 ? 0 : launch == launches_of(n) - 1 ? 1 + n->each : 1 + (launch - 1) % n->each;
}

static int first_of(const Network *n, int launch) {
  bool common = launch == 0 || launch == launches_of(n) - 1;
  return common ? 0 : (launch - 1) / n->each * n->items;
}

static int count_of(const Network *n, int launch) {
  bool common = launch == 0 || launch == launches_of(n) - 1;
  return common ? n->items * n->strands : n->items;
}

static Buffer rows_of(const Network *n, const cl_long address[2]) {
  int launches = launches_of(n);
  cl_long *rows = calloc((size_t)(launches * ROW), sizeof *rows);
  for (int i = 0; i < launches; i++) {
    float added = (float)(i + 1);
    cl_int bits;
    memcpy(&bits, &added, sizeof bits);
    int depth = depth_of(n, i);
    cl_long at = first_of(n, i) * (cl_long)sizeof(float);
    cl_long row[ROW] = {1, count_of(n, i), 1, 1, i, address[depth % 2] + at, address[(depth + 1) % 2] + at, bits};
    memcpy(rows + i * ROW, row, sizeof row);
  }
  Buffer buffer = buffer_of((const float *)rows, (size_t)(launches * ROW) * 2);
  free(rows);
  return buffer;
}

static void expect(float *values, const Network *n) {
  float *before = malloc((size_t)(n->items * n->strands) * sizeof *before);
  for (int i = 0; i < launches_of(n); i++) {
    int count = count_of(n, i);
    float *own = values + first_of(n, i);
    memcpy(before, own, (size_t)count * sizeof *before);
    for (int k = 0; k < count; k++) own[k] = before[k * FACTOR % count] + (float)(i + 1);
  }
  free(before);
}

static bool run(Buffer *rows, const Network *n) {
  int launches = launches_of(n);
  int row = (launches + LINE - 1) / LINE * LINE;
  Buffer state = zeros((size_t)(LINE + row * (n->groups + 1)));
  Launch launch = launch_new("chain", CALLS);
  launch_reads(&launch, rows);
  launch_writes(&launch, &state);
  launch_int(&launch, launches);
  launch_int(&launch, n->strands);
  launch_int(&launch, 1);
  launch_int(&launch, n->each);
  launch_local(&launch, 64);
  bool passed = launch_run(&launch, (size_t)n->groups, 1, 1);
  for (size_t i = 0; i < state.size; i++) passed &= state.data[i] == 0;
  buffer_free(&state);
  return passed;
}

static bool test(const Case *c, int block) {
  (void)block;
  Network n = {case_int(c, "items"), case_int(c, "launches"), case_int(c, "strands"), case_int(c, "groups")};
  size_t size = (size_t)(n.items * n.strands);
  float *values = malloc(size * sizeof *values);
  for (size_t i = 0; i < size; i++) values[i] = (float)(i % 97);
  Buffer halves[2] = {buffer_of(values, size), zeros(size)};
  cl_long address[2];
  bool passed = address_of(&halves[0], &address[0]) && address_of(&halves[1], &address[1]);

  Buffer rows = rows_of(&n, address);
  Buffer *result = &halves[n.each % 2];
  passed = passed && run(&rows, &n) && buffer_download(result, true);
  expect(values, &n);
  passed = passed && !memcmp(values, result->data, size * sizeof *values);
  free(values);
  buffer_free(&rows);
  buffer_free(&halves[0]);
  buffer_free(&halves[1]);
  return passed;
}

int main(void) { return suite_plain("chain", test); }
