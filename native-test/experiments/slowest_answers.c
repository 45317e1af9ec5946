/* How late the slowest of many short requests are where nothing but the machine delays them: one process sends them
   evenly spaced, another answers in batches that both cores compute. No OpenCL, no JVM, no HTTP. See
   ../../src/docs/decisions/slowest-answers.md. Usage: slowest_answers RATE SECONDS */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 64, REQUEST = 3300, REPLY = 300, LARGEST = 16, CORES = 2, LAUNCHES = 30, FILES = 4096 };

/* Microseconds of the bundled reader's batches on both cores, and of what a request costs beside. */
static const double ALONE = 200, EACH = 120, BESIDE = 2;

static double rounds_per_us = 1000;
static volatile double sink;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void work(double us) {
  double a = 1, b = 1.1, c = 1.2, d = 1.3;
  for (int64_t i = (int64_t)(us * rounds_per_us); i > 0; i--) {
    a = a * 0.999 + 0.1;
    b = b * 0.999 + 0.1;
    c = c * 0.999 + 0.1;
    d = d * 0.999 + 0.1;
  }
  sink = a + b + c + d;
}

static void calibrate(void) {
  double best = 1e9;
  for (int i = 0; i < 20; i++) {
    int64_t begun = now();
    work(1000);
    double us = (double)(now() - begun) / 1e3;
    if (us < best) best = us;
  }
  rounds_per_us = 1e6 / best;
}

/* Batches: a thread a core, pinned as PoCL's are, which wait for each other by spinning. */
static pthread_mutex_t crew_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t crew_begins = PTHREAD_COND_INITIALIZER, crew_ended = PTHREAD_COND_INITIALIZER;
static int batches, batch_size, ended;
static atomic_int arrived;

static void await_all(int barrier) {
  atomic_fetch_add(&arrived, 1);
  while (atomic_load(&arrived) < CORES * barrier) {
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
  }
}

static void compute(int items) {
  if (items > 1) {
    work(EACH * ((items + 1) / 2 * 2));
    await_all(1);
  } else {
    for (int i = 1; i <= LAUNCHES; i++) {
      work(ALONE / LAUNCHES);
      await_all(i);
    }
  }
}

static void *core(void *number) {
  cpu_set_t own;
  CPU_ZERO(&own);
  CPU_SET((size_t)(intptr_t)number, &own);
  pthread_setaffinity_np(pthread_self(), sizeof own, &own);
  for (int seen = 0;;) {
    pthread_mutex_lock(&crew_lock);
    while (batches == seen) pthread_cond_wait(&crew_begins, &crew_lock);
    seen = batches;
    int items = batch_size;
    pthread_mutex_unlock(&crew_lock);
    compute(items);
    pthread_mutex_lock(&crew_lock);
    if (++ended == CORES) pthread_cond_signal(&crew_ended);
    pthread_mutex_unlock(&crew_lock);
  }
  return NULL;
}

static void run(int items) {
  pthread_mutex_lock(&crew_lock);
  atomic_store(&arrived, 0);
  ended = 0;
  batch_size = items;
  batches++;
  pthread_cond_broadcast(&crew_begins);
  while (ended < CORES) pthread_cond_wait(&crew_ended, &crew_lock);
  pthread_mutex_unlock(&crew_lock);
}

/* Numbers that wait for whoever takes them. */
typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int count, files[FILES];
} Queue;

static Queue asked = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
static Queue idle = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void put(Queue *queue, int file) {
  pthread_mutex_lock(&queue->lock);
  queue->files[queue->count++] = file;
  pthread_cond_signal(&queue->changed);
  pthread_mutex_unlock(&queue->lock);
}

static int take(Queue *queue, int *files, int most) {
  pthread_mutex_lock(&queue->lock);
  while (!queue->count) pthread_cond_wait(&queue->changed, &queue->lock);
  int count = queue->count < most ? queue->count : most;
  memcpy(files, queue->files, (size_t)count * sizeof *files);
  queue->count -= count;
  memmove(queue->files, queue->files + count, (size_t)queue->count * sizeof *files);
  pthread_mutex_unlock(&queue->lock);
  return count;
}

static void send_all(int file, size_t bytes) {
  static const char zeros[REQUEST];
  if (write(file, zeros, bytes) != (ssize_t)bytes) exit(1);
}

static void *answer(void *unused) {
  (void)unused;
  for (;;) {
    int files[LARGEST], count = take(&asked, files, LARGEST);
    run(count);
    for (int i = 0; i < count; i++) send_all(files[i], REPLY);
  }
  return NULL;
}

/* Calls `whole` for each message of so many bytes. */
static void listen_to(int events, int bytes, void (*whole)(int file)) {
  static int received[FILES];
  char room[REQUEST];
  for (;;) {
    struct epoll_event event[CONNECTIONS];
    int count = epoll_wait(events, event, CONNECTIONS, -1);
    for (int i = 0; i < count; i++) {
      int file = event[i].data.fd;
      ssize_t got = read(file, room, (size_t)(bytes - received[file]));
      if (got <= 0) exit(0);
      received[file] += (int)got;
      if (received[file] < bytes) continue;
      received[file] = 0;
      work(BESIDE);
      whole(file);
    }
  }
}

static void watch(int events, int file) {
  int on = 1;
  setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = file};
  epoll_ctl(events, EPOLL_CTL_ADD, file, &event);
}

static void ask(int file) { put(&asked, file); }

static void serve(int listener) {
  pthread_t thread;
  for (intptr_t i = 0; i < CORES; i++) pthread_create(&thread, NULL, core, (void *)i);
  pthread_create(&thread, NULL, answer, NULL);
  int events = epoll_create1(0);
  for (int i = 0; i < CONNECTIONS; i++) watch(events, accept(listener, NULL, NULL));
  listen_to(events, REQUEST, ask);
}

/* The other process: requests by the clock, each on a connection of its own until it is answered. */
static int64_t due[FILES], measured_from;
static double *late;
static int late_count;

static void note(int file) {
  int64_t at = now();
  if (at > measured_from) late[late_count++] = (double)(at - due[file]) * 1e-6;
  put(&idle, file);
}

static void *hear(void *events) {
  listen_to(*(int *)events, REPLY, note);
  return NULL;
}

static void load(double rate, double seconds) {
  int64_t begun = now();
  measured_from = begun + 1000000000LL;
  for (int64_t i = 0; i < (int64_t)(rate * (seconds + 1)); i++) {
    int64_t moment = begun + (int64_t)((double)i * 1e9 / rate);
    struct timespec at = {moment / 1000000000LL, moment % 1000000000LL};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
    int file;
    take(&idle, &file, 1);
    due[file] = moment;
    work(BESIDE);
    send_all(file, REQUEST);
  }
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  if (count != 3 || atof(arguments[1]) <= 0 || atof(arguments[2]) <= 0) {
    fprintf(stderr, "usage: slowest_answers RATE SECONDS\n");
    return 2;
  }
  double rate = atof(arguments[1]), seconds = atof(arguments[2]);
  calibrate();
  int listener = socket(AF_INET, SOCK_STREAM, 0), events = epoll_create1(0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(listener, (void *)&address, size) || listen(listener, CONNECTIONS)) return 1;
  getsockname(listener, (void *)&address, &size);
  if (fork() == 0) serve(listener);
  for (int i = 0; i < CONNECTIONS; i++) {
    int file = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(file, (void *)&address, size)) return 1;
    watch(events, file);
    put(&idle, file);
  }
  late = malloc((size_t)(rate * (seconds + 2)) * sizeof *late);
  pthread_t thread;
  pthread_create(&thread, NULL, hear, &events);
  load(rate, seconds);
  usleep(100000);
  int all = late_count;
  qsort(late, (size_t)all, sizeof *late, by_size);
  double p50 = late[all / 2], p99 = late[(int)(all * 0.99)];
  printf("%d requests: p50 %.2f ms, p99 %.2f ms, %.2f times\n", all, p50, p99, p99 / p50);
  return 0;
}
