/* Every .cl file of opencl builds alone with its defaults and has its entry point, its header and cases. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "cl.h"

static bool has_cases(const char *text, const char *name) {
  const char *field = strstr(text, "Cases:");
  char cases[256];
  if (!field || sscanf(field, "Cases: cases/%255[a-z0-9_].txt", cases) != 1) {
    printf("%s.cl: no field \"Cases: cases/<op>.txt\"\n", name);
    return false;
  }
  Cases *read = cases_read(cases);
  bool some = read->count > 0;
  if (!some) printf("%s.cl: cases/%s.txt is empty\n", name, cases);
  free(read);
  return some;
}

static bool has_header(const char *text, const char *name) {
  static const char *fields[] = {"\n// Work:", "\n// Buffers:", "\n// Scalars:", "\n// Defines:", "\n// Host:"};
  char title[512];
  bool whole = true;
  snprintf(title, sizeof title, "// %s - ", name);
  if (strncmp(text, title, strlen(title))) {
    printf("%s.cl: does not begin with \"%s\"\n", name, title);
    whole = false;
  }
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (strstr(text, fields[i])) continue;
    printf("%s.cl: no header field %s\n", name, fields[i] + 1);
    whole = false;
  }
  return whole;
}

static bool test(const char *target, const char *name) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s/%s.cl", OPENCL_FOLDER, target, name);
  char *text = read_text(path);
  bool whole = text && has_header(text, name) && has_cases(text, name);
  free(text);
  return cl_build(name, "") && whole;
}

static void test_all(const char *target, int *passed, int *failed) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", OPENCL_FOLDER, target);
  DIR *folder = opendir(path);
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    char *dot = strrchr(entry->d_name, '.');
    if (!dot || strcmp(dot, ".cl")) continue;
    *dot = '\0';
    ++*(test(target, entry->d_name) ? passed : failed);
  }
  if (folder) closedir(folder);
}

int main(void) {
  cl_open();
  int passed = 0, failed = 0;
  for (int i = 0; i < TARGET_COUNT; i++) test_all(TARGETS[i], &passed, &failed);
  printf("%d passed, %d failed\n", passed, failed);
  return passed > 0 && failed == 0 ? 0 : 1;
}
