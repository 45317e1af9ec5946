#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *last_read = "none";

static int split(char *line, char words[MAX_COLUMNS][MAX_TEXT]) {
  int count = 0;
  char *rest = NULL;
  for (char *word = strtok_r(line, " \t\r\n", &rest); word; word = strtok_r(NULL, " \t\r\n", &rest)) {
    if (count == MAX_COLUMNS || strlen(word) >= MAX_TEXT) {
      fprintf(stderr, "too many columns or too long a word: %s\n", word);
      exit(1);
    }
    strcpy(words[count++], word);
  }
  return count;
}

static void add_line(Cases *cases, char *line, const char *path) {
  if (*line == '#') {
    if (cases->header.columns == 0) cases->header.columns = split(line + 1, cases->header.names);
    return;
  }
  if (cases->count == MAX_CASES) {
    fprintf(stderr, "%s: more than %d cases\n", path, MAX_CASES);
    exit(1);
  }
  Case *c = &cases->cases[cases->count];
  int words = split(line, c->values);
  if (words == 0) return;
  if (words != cases->header.columns) {
    fprintf(stderr, "%s: case %s has %d columns, the header %d\n", path, c->values[0], words, cases->header.columns);
    exit(1);
  }
  c->header = &cases->header;
  cases->count++;
}

Cases *cases_read(const char *name) {
  char path[1024], line[1024];
  snprintf(path, sizeof path, "%s/cases/%s.txt", OPENCL_FOLDER, name);
  FILE *file = fopen(path, "r");
  if (!file) {
    perror(path);
    exit(1);
  }
  last_read = name;
  Cases *cases = calloc(1, sizeof *cases);
  while (fgets(line, sizeof line, file)) add_line(cases, line, path);
  fclose(file);
  return cases;
}

const char *cases_last_read(void) { return last_read; }

const char *case_text(const Case *c, const char *column) {
  for (int i = 0; i < c->header->columns; i++) {
    if (strcmp(c->header->names[i], column) == 0) return c->values[i];
  }
  fprintf(stderr, "the cases have no column %s\n", column);
  exit(1);
}

static void require_number(const char *text, const char *end, const char *column) {
  if (end == text || *end) {
    fprintf(stderr, "column %s: %s is no number\n", column, text);
    exit(1);
  }
}

int case_int(const Case *c, const char *column) {
  const char *text = case_text(c, column);
  char *end;
  long value = strtol(text, &end, 10);
  require_number(text, end, column);
  return (int)value;
}

float case_float(const Case *c, const char *column) {
  const char *text = case_text(c, column);
  char *end;
  float value = strtof(text, &end);
  require_number(text, end, column);
  return value;
}

/* The product of extents written 2x3x4; 1 of what is no number. */
static double product(const char *from) {
  double all = 1;
  for (char *end; *from; from = *end ? end + 1 : end) {
    double extent = strtod(from, &end);
    if (end == from) return 1;
    all *= extent;
  }
  return all;
}

double case_work(const Case *c) {
  static const char extents[] =
      " n c h w ic ih iw oc oh ow kh kw size slices outer axes axis inner rows length k outputs a shape ";
  double work = 1;
  for (int i = 0; i < c->header->columns; i++) {
    char word[MAX_TEXT + 2];
    snprintf(word, sizeof word, " %s ", c->header->names[i]);
    const char *value = c->values[i], *last = strrchr(value, 'x');
    if (strstr(extents, word)) work *= product(value);
    if (!strcmp(word, " b ")) work *= product(last ? last + 1 : value); /* the columns of a matrix */
    if (!strcmp(word, " groups ")) work /= product(value);
  }
  return work;
}

bool case_is(const Case *c, const char *column, const char *value) { return strcmp(case_text(c, column), value) == 0; }

bool case_is_page(const Case *c) { return !strncmp(case_text(c, "name"), "page", 4); }

int case_list(const Case *c, const char *column, int *values, int most) {
  const char *text = case_text(c, column);
  for (int count = 0; count < most; text++) {
    char *end;
    values[count++] = (int)strtol(text, &end, 10);
    if (end == text || !*end) {
      require_number(text, end, column);
      return count;
    }
    text = end;
  }
  fprintf(stderr, "column %s: more than %d numbers\n", column, most);
  exit(1);
}
