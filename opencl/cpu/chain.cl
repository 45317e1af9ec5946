// chain - many launches as one: as many work-groups as the device has cores run the work-items of all, in order.
//
// A core that has no work left spins until the launches that the next one depends on are complete, where between two
// launches of their own it would be put to sleep and woken again. A group waits only for work-items that a group has
// begun, so it does not matter how many groups run at a time.
//
// Some of the launches, one after the other, may make up strands, of as many launches each, which do not meet in
// memory. The groups are dealt out to them; a group that is through its strand goes on with the next one.
//
// Work:     one work-item per group, without barriers; dim 0 = groups. The work-items of a launch are dealt out to the
//           groups in runs of even length; a group that has done its own goes on with what others have not begun.
// Buffers:  0 rows: per launch CHAIN_ROW longs: the kernel's number, its extents in three dimensions, how many launches
//           must be complete before it begins, then its arguments: addresses of buffers, floats' bits, offsets into
//           scratch
//           1 state: ints, all zero before and after, in rows of one for each launch, up to whole cache lines: groups
//           write to the same one only where one takes what is another's. CHAIN_LINE ints, of which the first tells the
//           groups that have left; each launch's complete work-items; for each group's run those taken of each launch
// Scalars:  2 launches; where it is negative, no launch is run: the address of the buffer bound as state is written to
//           rows[-1 - launches];  3 strands, which divides the groups;  4 launches before the first strand;  5 launches
//           of a strand, which wait for none of another's
// Local:    6 scratch
// Defines:  CHAIN_CALLS = a case per kernel: a call with its arguments from a;  CHAIN_ROW = longs of a row
// In place: no.
// Host:     ChainSource.java        Cases: cases/chain.txt

#ifndef CHAIN_ROW
#define CHAIN_ROW 64
#endif
#ifndef CHAIN_CALLS
#define CHAIN_CALLS
#endif

#define CHAIN_LINE 16

static inline int chain_items(const __global long *row) { return (int)(row[1] * row[2] * row[3]); }

static inline void chain_await(const __global long *rows, volatile __global int *done, const int from, const int to) {
  for (int launch = from; launch < to; launch++)
    while (done[launch] < chain_items(rows + launch * CHAIN_ROW)) {
#if defined(__x86_64__) && !defined(__SPIR__) && !defined(__SPIRV__)
      __builtin_ia32_pause();
#endif
    }
}

static inline void chain_run(const __global long *row, const int item, __local float *scratch) {
  const size_t of[3] = {row[1], row[2], row[3]};
  const size_t at[3] = {item % of[0], item / of[0] % of[1], item / of[0] / of[1]};
  const __global long *a = row + 5;
  switch ((int)row[0]) { CHAIN_CALLS }
}

// Whether nothing of a launch is left to be taken.
static inline bool chain_is_taken(
    const long items, const volatile __global int *taken, const int line, const int shares) {
  for (int share = 0; share < shares; share++)
    if (taken[share * line] < (int)(items * (share + 1) / shares) - (int)(items * share / shares)) return false;
  return true;
}

// Runs the launches from one to another. Each is dealt out in shares, of which this group begins with its own, and told
// of once nothing of it is left: what a group waits for is never what it has not told of.
static inline void chain_go(const __global long *rows, volatile __global int *done, const int line, const int own,
    const int shares, const int from, const int to, int complete, __local float *scratch) {
  for (int launch = from; launch < to; launch++) {
    const __global long *row = rows + launch * CHAIN_ROW;
    volatile __global int *taken = done + line + launch;
    const long items = chain_items(row);
    int ran = 0;
    for (int i = 0; i < shares; i++) {
      const int share = (own + i) % shares;
      const int begin = (int)(items * share / shares), end = (int)(items * (share + 1) / shares);
      while (taken[share * line] < end - begin) {
        chain_await(rows, done, complete, (int)row[4]);
        complete = max(complete, (int)row[4]);
        const int item = begin + atomic_inc(taken + share * line);
        if (item >= end) break;
        chain_run(row, item, scratch);
        ran++;
      }
    }
    if (ran > 0) {
      mem_fence(CLK_GLOBAL_MEM_FENCE);
      atomic_add(done + launch, ran);
    }
  }
}

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void chain(__global long *rows, volatile __global int *state,
    const int launches, const int strands, const int before, const int each, __local float *scratch) {
  if (launches < 0) {
    rows[-1 - launches] = (long)state;
    return;
  }
  const int group = get_global_id(0), groups = get_global_size(0);
  const int crew = groups / strands, line = (launches + CHAIN_LINE - 1) / CHAIN_LINE * CHAIN_LINE;
  volatile __global int *done = state + CHAIN_LINE;
  for (int leg = 0; leg < strands + 2; leg++) {  // what comes before the strands, these, and what comes behind
    const bool alone = leg > 0 && leg <= strands;
    const int strand = leg == 0 ? 0 : alone ? (leg - 1 + group / crew) % strands : strands;
    const int from = leg == 0 ? 0 : before + strand * each;
    const int to = leg == 0 ? before : alone ? from + each : launches;
    if (leg == 1 && each > 0) chain_await(rows, done, 0, before);
    const int shares = alone ? crew : groups;
    const volatile __global int *last = done + line + to - 1;
    if (leg > 1 && alone && chain_is_taken(chain_items(rows + (to - 1) * CHAIN_ROW), last, line, shares)) continue;
    chain_go(rows, done, line, group % shares, shares, from, to, leg == 0 ? 0 : alone ? from : before, scratch);
  }
  if (atomic_inc(state) == groups - 1)
    for (int i = 0; i < CHAIN_LINE + line * (groups + 1); i++) state[i] = 0;
}
