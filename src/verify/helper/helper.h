/* What the parts of the helper share. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, MOST_TASKS = 1024, NUMBERS = 12 };
typedef long long i64;

/* Of a trace: ns after its first; pages. */
struct record {
  i64 time;
  int file, page, count, op;
};

/* What a task is to do: the name of the behaviour, and its numbers in the plan's order. */
struct order {
  char kind[8];
  double number[NUMBERS];
};

/* Memory of all processes, which the first of them has touched: no group is charged for it. */
struct shared {
  unsigned random[4];
  struct order order[MOST_TASKS];
  /* The first thing that went wrong for a task. */
  int failure[MOST_TASKS];
  /* Where tasks read from and write to, as long as the greatest call. */
  char *scratch;
  size_t scratch_size;
  struct record *records;
  size_t records_size;
  int files;
  /* How long each file is, bytes. */
  i64 *length;
};
extern struct shared *shared;
extern const char *folder;
/* This is the guest's init, and the machine is all its own. */
extern int is_guest;

i64 now(void);
void until(i64 time, volatile sig_atomic_t *stopped);
void *common(size_t size);
int fail(const char *what);
int open_file(int id, int flags);

/* Where results go. */
extern FILE *out;
char *path_of(const char *group, const char *name);
int put(const char *path, const char *text);
int left(void);

/* Of the round in hand. */
int loop(const char *group, i64 high, i64 low, i64 batch, i64 interval);
void end_loops(void);
int program(char **word);

/* Joins the group behind `procs` and obeys orders until it is killed. */
void task(int id, int procs, int wake, int done, const int *files, int count);
/* Carries out the plan: 0, or 1 when it can't be read. `groups` is where cgroups are. */
int plan(const char *groups);
/* Runs a program until it ends or standard input does, and leaves nothing of either. */
int guard(const char *left, char **argv);
