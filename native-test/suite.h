/* Runs a test over every case and channel block and counts. */
#pragma once
#include "cases.h"

/* Tests one case at one channel block; prints what is wrong and returns false. */
typedef bool (*CaseTest)(const Case *c, int block);

/* Every case of opencl/cases/<cases>.txt at blocks 4, 8 and 16. Returns main's exit status: 0 only if some ran and
   none failed. */
int suite_blocked(const char *cases, CaseTest test);

/* Every case once, with block 0: for kernels that know only PLAIN. */
int suite_plain(const char *cases, CaseTest test);

/* Whether CLARINET_NATIVE_WORK has time for a launch of so many multiply-adds; tiles may pad a case to ten times its
 * own. */
bool suite_allows(double work);
