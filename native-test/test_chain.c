/* chain: launches of a small function, each reading what others of the launch before have written. */
#include <stdlib.h>
#include <string.h>

#include "launch.h"
#include "suite.h"

enum { ROW = 9, FACTOR = 7 };

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
  launch_local(&launch, sizeof(float));
  bool passed = launch_run(&launch, 1, 1, 1);
  memcpy(address, addresses.data + 2, sizeof *address);
  buffer_free(&addresses);
  return passed && *address;
}

static Buffer rows_of(int items, int launches, const cl_long address[2]) {
  cl_long *rows = calloc((size_t)(launches * ROW), sizeof *rows);
  for (int i = 0; i < launches; i++) {
    float added = (float)(i + 1);
    cl_int bits;
    memcpy(&bits, &added, sizeof bits);
    cl_long row[ROW] = {1, items, 1, 1, i, address[i % 2], address[(i + 1) % 2], bits};
    memcpy(rows + i * ROW, row, sizeof row);
  }
  Buffer buffer = buffer_of((const float *)rows, (size_t)(launches * ROW) * 2);
  free(rows);
  return buffer;
}

static void expect(float *values, int items, int launches) {
  float *before = malloc((size_t)items * sizeof *before);
  for (int i = 0; i < launches; i++) {
    memcpy(before, values, (size_t)items * sizeof *before);
    for (int k = 0; k < items; k++) values[k] = before[k * FACTOR % items] + (float)(i + 1);
  }
  free(before);
}

static bool run(Buffer *rows, int launches, int groups) {
  Buffer state = zeros((size_t)(1 + launches * (groups + 1)));
  Launch launch = launch_new("chain", CALLS);
  launch_reads(&launch, rows);
  launch_writes(&launch, &state);
  launch_int(&launch, launches);
  launch_local(&launch, 64);
  bool passed = launch_run(&launch, (size_t)groups, 1, 1);
  for (size_t i = 0; i < state.size; i++) passed &= state.data[i] == 0;
  buffer_free(&state);
  return passed;
}

static bool test(const Case *c, int block) {
  (void)block;
  int items = case_int(c, "items"), launches = case_int(c, "launches");
  float *values = malloc((size_t)items * sizeof *values);
  for (int i = 0; i < items; i++) values[i] = (float)(i % 97);
  Buffer halves[2] = {buffer_of(values, (size_t)items), zeros((size_t)items)};
  cl_long address[2];
  bool passed = address_of(&halves[0], &address[0]) && address_of(&halves[1], &address[1]);

  Buffer rows = rows_of(items, launches, address);
  Buffer *result = &halves[launches % 2];
  passed = passed && run(&rows, launches, case_int(c, "groups")) && buffer_download(result, true);
  expect(values, items, launches);
  passed = passed && !memcmp(values, result->data, (size_t)items * sizeof *values);
  free(values);
  buffer_free(&rows);
  buffer_free(&halves[0]);
  buffer_free(&halves[1]);
  return passed;
}

int main(void) { return suite_plain("chain", test); }
