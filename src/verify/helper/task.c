/* A task: a process that does what the script says, and nothing else. */
#include "helper.h"
#include <fcntl.h>
#include <math.h>
#include <sys/prctl.h>

/* Below lies a page that makes the page table of page tables; a program has one of what it had mapped before. */
#define GROUND ((char *)0x1000000000)
#define ANON (GROUND + (2 << 20))
enum { MOST_MAPS = 4096, TRUNCATE = 2, DROP = 3 };

static volatile sig_atomic_t stopped;
static i64 anon_pages;
static struct {
  char *at;
  i64 pages;
} map[MOST_MAPS];
static int maps;
/* By file: opened as programs do, and for a trace, where nothing is read ahead. */
static int *plain, *exact;
/* By file: the page that a trace read last. */
static int *previous;
static int self;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static void failed(void) {
  if (shared->failure[self] == 0) shared->failure[self] = errno;
}

/* sfc32, as the emulator's: src/kernel/random.ts. */
static double next_float(void) {
  unsigned *r = shared->random, t = r[0] + r[1] + r[3];
  r[3]++;
  r[0] = r[1] ^ (r[1] >> 9);
  r[1] = r[2] + (r[2] << 3);
  r[2] = ((r[2] << 21) | (r[2] >> 11)) + t;
  return t * 0x1p-32;
}

static i64 next_below(i64 bound) { return (i64)floor(next_float() * bound); }

/* Zipf's law by rejection-inversion, as src/task/zipf.ts. */
static double theta;
static double h(double x) { return exp(-theta * log(x)); }
static double over(double x) { return fabs(x) > 1e-5 ? (exp(x) - 1) / x : 1 + x / 2 * (1 + x / 3); }
static double log_over(double x) { return fabs(x) > 1e-5 ? log(1 + x) / x : 1 - x / 2 + x * x / 3; }
static double integral(double x) { return over((1 - theta) * log(x)) * log(x); }
static double inverse(double x) {
  double t = fmax(-1, x * (1 - theta));
  return exp(log_over(t) * x);
}

static i64 next_zipf(i64 n) {
  double first = integral(1.5) - 1, last = integral(n + 0.5), s = 2 - inverse(integral(2.5) - h(2));
  for (;;) {
    double u = last + next_float() * (first - last), x = inverse(u), k = fmin(n, fmax(1, floor(x + 0.5)));
    if (k - x <= s || u >= integral(k + 0.5) - h(k)) return (i64)k - 1;
  }
}

static void alloc(i64 pages) {
  char *at = ANON + anon_pages * PAGE;
  if (pages == 0) return;
  if (mmap(at, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at)
    return failed();
  anon_pages += pages;
  for (i64 i = 0; i < pages && !stopped; i++) at[i * PAGE] = 1;
}

static void release(i64 pages) {
  i64 keep = pages < 0 || pages > anon_pages ? 0 : anon_pages - pages;
  if (keep < anon_pages) munmap(ANON + keep * PAGE, (anon_pages - keep) * PAGE);
  anon_pages = keep;
}

static volatile char *page_at(i64 page) {
  if (page < anon_pages) return ANON + page * PAGE;
  page -= anon_pages;
  for (int i = 0; i < maps; i++) {
    if (page < map[i].pages) return map[i].at + page * PAGE;
    page -= map[i].pages;
  }
  return NULL;
}

enum { ALL, PATTERN, FIRST, SECOND, TIMES, FOR, WRITES, RATE };

static i64 choose(const double *n, i64 span, i64 made) {
  if (n[PATTERN] == 0) return made % span;
  if (n[PATTERN] == 1) return next_below(span);
  if (n[PATTERN] == 2) {
    theta = n[FIRST];
    return next_zipf(span);
  }
  i64 hot = fmin(span, fmax(1, round(span * n[FIRST])));
  return next_float() < n[SECOND] || hot == span ? next_below(hot) : hot + next_below(span - hot);
}

static void touch(const double *n) {
  i64 span = anon_pages, began = now();
  for (int i = 0; i < maps; i++) span += map[i].pages;
  if (n[ALL] >= 0) span = n[ALL];
  double wanted = span * (n[TIMES] >= 0 ? n[TIMES] : n[FOR] >= 0 ? INFINITY : 1);
  double deadline = n[FOR] >= 0 ? began + n[FOR] : INFINITY;
  for (i64 made = 0; span > 0 && made < wanted && !stopped; made++) {
    if (n[FOR] >= 0 && now() >= deadline) return;
    if (n[RATE] > 0) until(began + made * PAGE / n[RATE] * 1e9, &stopped);
    volatile char *at = page_at(choose(n, span, made));
    if (at == NULL) continue;
    if (n[WRITES]) *at = 1;
    else (void)*at;
  }
}

/* A file is as long as what was read of it. */
static void grow(int id, i64 pages) {
  if (shared->length[id] >= pages * PAGE) return;
  if (ftruncate(plain[id], pages * PAGE) < 0) failed();
  shared->length[id] = pages * PAGE;
}

static void transfer(int fd, i64 page, i64 pages, int writes) {
  for (i64 done = 0, all = pages * PAGE; done < all;) {
    ssize_t moved = writes ? pwrite(fd, shared->scratch, all - done, page * PAGE + done)
                           : pread(fd, shared->scratch, all - done, page * PAGE + done);
    if (moved < 0 && errno == EINTR) continue;
    if (moved < 0) failed();
    if (moved <= 0) return;
    done += moved;
  }
}

static void wrote(int id, i64 end) {
  if (shared->length[id] < end * PAGE) shared->length[id] = end * PAGE;
}

enum { FILE_ID, PAGES, AT, WRITE, RANDOM, ROUNDS, PACE, BLOCK, READAHEAD };

static void stream(const double *n) {
  int id = n[FILE_ID], fd = plain[id], writes = n[WRITE];
  i64 pages = n[PAGES], at = n[AT], block = n[BLOCK], blocks = (pages + block - 1) / block, began = now();
  posix_fadvise(fd, 0, 0, n[READAHEAD] ? POSIX_FADV_NORMAL : POSIX_FADV_RANDOM);
  if (!writes) grow(id, at + pages);
  for (i64 round = 0; round < n[ROUNDS]; round++) {
    for (i64 moved = 0; moved < pages && !stopped; moved += block) {
      if (n[PACE] > 0) until(began + (round * pages + moved) * PAGE / n[PACE] * 1e9, &stopped);
      i64 first = n[RANDOM] ? next_below(blocks) * block : moved;
      i64 count = first + block > pages ? pages - first : block;
      transfer(fd, at + first, count, writes);
      if (writes) wrote(id, at + first + count);
    }
  }
}

static void map_file(int id, i64 pages) {
  grow(id, pages);
  char *at = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, plain[id], 0);
  if (at == MAP_FAILED || maps == MOST_MAPS) return failed();
  map[maps].at = at;
  map[maps++].pages = pages;
  for (i64 i = 0; i < pages && !stopped; i++) (void)*(volatile char *)(at + i * PAGE);
}

/* What is read again at once is touched again: the file is opened anew, so that the kernel does not know. */
static int exact_for(int id, int page) {
  if (previous[id] == page) {
    close(exact[id]);
    exact[id] = open_file(id, O_RDWR);
    posix_fadvise(exact[id], 0, 0, POSIX_FADV_RANDOM);
  }
  return exact[id];
}

static void trace(i64 first, i64 count, int asap) {
  i64 began = now();
  for (i64 i = first; i < first + count && !stopped; i++) {
    struct record *r = &shared->records[i];
    if (!asap) until(began + r->time, &stopped);
    if (r->op == TRUNCATE) {
      if (ftruncate(plain[r->file], (i64)r->page * PAGE) < 0) failed();
      shared->length[r->file] = (i64)r->page * PAGE;
    } else if (r->op == DROP) {
      posix_fadvise(plain[r->file], (i64)r->page * PAGE, (i64)r->count * PAGE, POSIX_FADV_DONTNEED);
    } else {
      if (!r->op) grow(r->file, r->page + r->count);
      transfer(exact_for(r->file, r->page), r->page, r->count, r->op);
      if (r->op) wrote(r->file, r->page + r->count);
      previous[r->file] = r->page + r->count - 1;
    }
  }
}

static void obey(const struct order *order) {
  const double *n = order->number;
  const char *kind = order->kind;
  stopped = 0;
  if (!strcmp(kind, "alloc")) alloc(n[0]);
  else if (!strcmp(kind, "free")) release(n[0]);
  else if (!strcmp(kind, "touch")) touch(n);
  else if (!strcmp(kind, "stream")) stream(n);
  else if (!strcmp(kind, "map")) map_file(n[0], n[1]);
  else if (!strcmp(kind, "trace")) trace(n[0], n[1], n[2]);
  else if (!strcmp(kind, "sleep")) until(now() + n[0], &stopped);
}

/* What a fork shares is copied now, and page tables are made: before the group is joined. */
static void settle(void) {
  char line[512];
  volatile char deep[1 << 16];
  for (size_t i = 0; i < sizeof deep; i += PAGE) deep[i] = 0;
  if (mmap(GROUND, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != GROUND) failed();
  FILE *file = fopen("/proc/self/maps", "r");
  while (file != NULL && fgets(line, sizeof line, file)) {
    unsigned long from, to;
    char mode[5];
    if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) != 3 || mode[0] != 'r') continue;
    /* Of these pages the kernel has some, and a bus error for the others. */
    if (strstr(line, "[vvar") != NULL) continue;
    int is_own = mode[1] == 'w' && mode[3] != 's';
    for (; from < to; from += PAGE) {
      char byte = *(volatile char *)from;
      if (is_own) *(volatile char *)from = byte;
    }
  }
  if (file != NULL) fclose(file);
}

void task(int id, int procs, int wake, int done, const int *files, int count) {
  i64 turns;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
  self = id;
  plain = calloc(shared->files + 1, sizeof *plain);
  exact = calloc(shared->files + 1, sizeof *exact);
  previous = malloc((shared->files + 1) * sizeof *previous);
  for (int i = 0; i < shared->files; i++) previous[i] = -1;
  for (int i = 0; i < count; i++) {
    plain[files[i]] = open_file(files[i], O_RDWR);
    exact[files[i]] = open_file(files[i], O_RDWR);
    posix_fadvise(exact[files[i]], 0, 0, POSIX_FADV_RANDOM);
  }
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGUSR1, &action, NULL);
  settle();
  if (write(procs, "0", 1) < 0) failed();
  turns = 1;
  if (write(done, &turns, sizeof turns) < 0) _exit(1);
  for (;;) {
    if (read(wake, &turns, sizeof turns) != sizeof turns) continue;
    obey(&shared->order[id]);
    turns = 1;
    if (write(done, &turns, sizeof turns) < 0) _exit(1);
  }
}
