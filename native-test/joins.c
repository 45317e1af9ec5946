#include "joins.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const JOINS[][2] = {
    {"replace", "(v)"},
    {"add", "((so) + (v))"},
    {"multiply", "((so) * (v))"},
    {"max", "((v) > (so) || (v) != (v) ? (v) : (so))"},
    {"min", "((v) < (so) || (v) != (v) ? (v) : (so))"},
};

int join_of(const Case *c) {
  for (int join = 0; join < (int)(sizeof JOINS / sizeof *JOINS); join++) {
    if (case_is(c, "join", JOINS[join][0])) return join;
  }
  printf("no join is named %s\n", case_text(c, "join"));
  exit(1);
}

const char *join_expression(int join) { return JOINS[join][1]; }

double joined(int join, double so, double v) {
  switch (join) {
    case 0: return v;
    case 1: return so + v;
    case 2: return so * v;
    case 3: return v > so || isnan(v) ? v : so;
    default: return v < so || isnan(v) ? v : so;
  }
}

bool join_sums(int join) { return join == 1; }
