/* Problems of opencl/cases/<op>.txt: one a line, columns named by the first comment line. */
#pragma once
#include <stdbool.h>

enum { MAX_CASES = 256, MAX_COLUMNS = 40, MAX_TEXT = 48 };

typedef struct {
  int columns;
  char names[MAX_COLUMNS][MAX_TEXT];
} CaseHeader;

typedef struct {
  const CaseHeader *header;
  char values[MAX_COLUMNS][MAX_TEXT];
} Case;

typedef struct {
  CaseHeader header;
  int count;
  Case cases[MAX_CASES];
} Cases;

/* Reads a cases file of opencl/cases; exits with a message on a malformed or missing file. */
Cases *cases_read(const char *name);
const char *cases_last_read(void);

/* A column of a case by name; exits with a message when there is none or it is not a number. */
const char *case_text(const Case *c, const char *column);
int case_int(const Case *c, const char *column);
float case_float(const Case *c, const char *column);
bool case_is(const Case *c, const char *column, const char *value);

/* About its multiply-adds, or elements. */
double case_work(const Case *c);

/* Whether its input is to be a page: see image_make_page. */
bool case_is_page(const Case *c);

/* A list of whole numbers written 2x3x4 or 2,3,4 into values[0..most-1]; returns how many. */
int case_list(const Case *c, const char *column, int *values, int most);
