// chain - many launches as one: as many work-groups as the device has cores run the work-items of all, in order.
//
// A core that has no work left spins until the launches that the next one depends on are complete, where between two
// launches of their own it would be put to sleep and woken again. A group waits only for work-items that a group has
// begun, so it does not matter how many groups run at a time.
//
// Work:     one work-item per group, without barriers; dim 0 = groups. The work-items of a launch are dealt out to the
//           groups in runs of even length; a group that has done its own goes on with what others have not begun.
// Buffers:  0 rows: per launch CHAIN_ROW longs: the kernel's number, its extents in three dimensions, how many launches
//           must be complete before it begins, then its arguments: addresses of buffers, floats' bits, offsets into
//           scratch
//           1 state: ints, 1 + launches * (groups + 1), all zero before and after: groups that have left; then per
//           launch the work-items that are complete, and those taken of each group's run
// Scalars:  2 launches; where it is negative, no launch is run: the address of the buffer bound as state is written to
//           rows[-1 - launches]
// Local:    3 scratch
// Defines:  CHAIN_CALLS = a case per kernel: a call with its arguments from a;  CHAIN_ROW = longs of a row
// In place: no.
// Host:     ChainSource.java        Cases: cases/chain.txt

#ifndef CHAIN_ROW
#define CHAIN_ROW 64
#endif
#ifndef CHAIN_CALLS
#define CHAIN_CALLS
#endif

static inline int chain_items(const __global long *row) { return (int)(row[1] * row[2] * row[3]); }

static inline void chain_await(
    const __global long *rows, volatile __global int *state, const int groups, const int from, const int to) {
  for (int launch = from; launch < to; launch++)
    while (state[1 + launch * (groups + 1)] < chain_items(rows + launch * CHAIN_ROW)) {
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

__attribute__((reqd_work_group_size(1, 1, 1))) __kernel void chain(
    __global long *rows, volatile __global int *state, const int launches, __local float *scratch) {
  if (launches < 0) {
    rows[-1 - launches] = (long)state;
    return;
  }
  const int group = get_global_id(0), groups = get_global_size(0);
  int complete = 0;
  for (int launch = 0; launch < launches; launch++) {
    const __global long *row = rows + launch * CHAIN_ROW;
    volatile __global int *done = state + 1 + launch * (groups + 1), *taken = done + 1;
    const long items = chain_items(row);
    for (int i = 0; i < groups; i++) {
      const int share = (group + i) % groups;
      const int begin = (int)(items * share / groups), end = (int)(items * (share + 1) / groups);
      while (taken[share] < end - begin) {
        chain_await(rows, state, groups, complete, (int)row[4]);
        complete = max(complete, (int)row[4]);
        const int item = begin + atomic_inc(taken + share);
        if (item >= end) break;
        chain_run(row, item, scratch);
        mem_fence(CLK_GLOBAL_MEM_FENCE);
        atomic_inc(done);
      }
    }
  }
  if (atomic_inc(state) == groups - 1)
    for (int i = 0; i < 1 + launches * (groups + 1); i++) state[i] = 0;
}
