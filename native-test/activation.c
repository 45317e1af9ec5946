#include "activation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Activation activations[] = {
    {"none", -INFINITY, INFINITY, ""},
    {"relu", 0, INFINITY, ""},
    {"relu6", 0, 6, ""},
    {"clip", 0.25f, 0.5f, ""},
    {"sigmoid", 0, 0, "#define ACTIVATION(v) (1.0f / (1.0f + exp(-(v))))\n"},
    {"leaky", 0, 0, "#define ACTIVATION(v) ((v) < 0.0f ? 0.1f * (v) : (v))\n"},
    {"exp", 0, 0, "#define ACTIVATION(v) exp(v)\n"},
};

const Activation *activation_of(const Case *c) {
  const char *name = case_text(c, "activation");
  for (size_t i = 0; i < sizeof activations / sizeof *activations; i++) {
    if (strcmp(activations[i].name, name) == 0) return &activations[i];
  }
  fprintf(stderr, "no activation %s\n", name);
  exit(1);
}

double activation_apply(const Activation *activation, double v) {
  if (!strcmp(activation->name, "sigmoid")) return 1 / (1 + exp(-v));
  if (!strcmp(activation->name, "leaky")) return v < 0 ? 0.1 * v : v;
  if (!strcmp(activation->name, "exp")) return exp(v);
  return v < activation->lo ? activation->lo : v > activation->hi ? activation->hi : v;
}
