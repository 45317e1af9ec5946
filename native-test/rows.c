#include "rows.h"

#include "cl.h"

Teams teams_of(int length, long step) {
  Teams teams = {.team = 1, .along = step == 1};
  int most = teams.along ? GROUP : GROUP / 4;
  while (teams.team < most && teams.team * 4 < length) teams.team *= 2;
  return teams;
}

const char *teams_prelude(Teams teams, const char *more) {
  return prelude("#define GROUP %d\n#define TEAM %d\n#define ALONG %d\n%s", GROUP, teams.team, teams.along, more);
}

bool teams_run(Launch *launch, Teams teams, int rows) {
  int each = GROUP / teams.team;
  launch_group(launch, (size_t)GROUP, 1, 1);
  return launch_run(launch, (size_t)((rows + each - 1) / each), 1, 1);
}

bool rows_on_cpus(const char *kernel, int block, const char *more, Image *x, Image *y, bool batch) {
  int columns = batch ? x->c * x->w : x->w;
  Launch launch = launch_new(kernel, prelude("#define C %d\n%s", block, more));
  launch_reads_image(&launch, x);
  launch_writes_image(&launch, y);
  launch_int(&launch, batch ? x->n : x->h);
  launch_int(&launch, columns);
  launch_int(&launch, batch);
  return launch_run(
      &launch, (size_t)((columns + block - 1) / block), batch ? 1 : (size_t)x->c, batch ? 1 : (size_t)x->n);
}

bool rows_on_gpus(const char *kernel, const char *more, Image *x, Image *y, bool batch) {
  int item_rows = x->c * x->w, rows = batch ? item_rows : x->n * item_rows, axis = batch ? x->n : x->h;
  Teams teams = teams_of(axis, batch ? x->batch_stride : x->w);
  Launch launch = launch_new(kernel, teams_prelude(teams, more));
  launch_reads_image(&launch, x);
  launch_writes_image(&launch, y);
  launch_int(&launch, axis);
  launch_int(&launch, batch ? item_rows : x->w);
  launch_int(&launch, item_rows);
  launch_int(&launch, rows);
  launch_int(&launch, batch);
  return teams_run(&launch, teams, rows);
}
