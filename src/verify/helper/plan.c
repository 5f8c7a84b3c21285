/* Carries out a plan, line by line, and writes down what came of it: src/verify/plan.ts says what lines there are. */
#include "helper.h"
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { MOST_WORDS = 1 << 16, MOST_GROUPS = 4096 };

static struct {
  char name[64];
  pid_t pid;
  int alive, busy, status, pidfd, wake, done;
} tasks[MOST_TASKS];
static int task_count;
static char *made[MOST_GROUPS];
static int made_count;
FILE *out;
static const char *groups;
static i64 began;
/* When the round is cut off. */
static i64 deadline;
static int line_number;

/* Words are written with \xHH for what would part them. */
static char *decoded(char *word) {
  char *to = word, *from = word;
  for (unsigned byte; *from; from++, to++) {
    if (*from == '\\' && sscanf(from + 1, "x%2x", &byte) == 1) *to = byte, from += 3;
    else *to = *from;
  }
  *to = 0;
  return word;
}

static void encoded(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = text[i];
    if (byte <= ' ' || byte == '\\' || byte > '~') fprintf(out, "\\x%02x", byte);
    else fputc(byte, out);
  }
}

char *path_of(const char *group, const char *name) {
  static char path[8192];
  snprintf(path, sizeof path, "%s%s%s%s", groups, group, name[0] ? "/" : "", name);
  return path;
}

static int find(const char *name) {
  for (int i = task_count - 1; i >= 0; i--)
    if (!strcmp(tasks[i].name, name)) return i;
  return -1;
}

static void note_end(int i) {
  tasks[i].alive = tasks[i].busy = 0;
  waitpid(tasks[i].pid, &tasks[i].status, 0);
  close(tasks[i].pidfd);
  close(tasks[i].wake);
  close(tasks[i].done);
  fprintf(out, "died ");
  encoded(tasks[i].name, strlen(tasks[i].name));
  fprintf(out, " %d\n", WIFSIGNALED(tasks[i].status) ? WTERMSIG(tasks[i].status) : 0);
}

/* ms that the round has still to go; 0: none. */
int left(void) {
  i64 rest = (deadline - now()) / 1000000;
  return rest > 0 ? rest : 0;
}

/* Until the task has done what it does, or is gone, or the round is cut off: 0, or ESRCH, ETIMEDOUT. */
static int wait_for(int i) {
  i64 turns;
  while (tasks[i].alive && tasks[i].busy) {
    struct pollfd both[] = {{tasks[i].done, POLLIN, 0}, {tasks[i].pidfd, POLLIN, 0}};
    if (left() == 0) return ETIMEDOUT;
    poll(both, 2, left());
    if (both[0].revents && read(tasks[i].done, &turns, sizeof turns) == sizeof turns) tasks[i].busy = 0;
    else if (both[1].revents) note_end(i);
  }
  return tasks[i].alive ? 0 : ESRCH;
}

static int spawn(char **word, int count) {
  int id = task_count, files[MOST_WORDS], known = 0;
  if (id == MOST_TASKS) return EAGAIN;
  int procs = open(path_of(word[2], "cgroup.procs"), O_WRONLY | O_CLOEXEC);
  if (procs < 0) return errno;
  for (int i = 3; i < count; i++) files[known++] = atoi(word[i]);
  snprintf(tasks[id].name, sizeof tasks[id].name, "%s", word[1]);
  tasks[id].wake = eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC);
  tasks[id].done = eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC);
  fflush(out);
  pid_t pid = fork();
  if (pid < 0) return errno;
  if (pid == 0) {
    task(id, procs, tasks[id].wake, tasks[id].done, files, known);
    _exit(0);
  }
  close(procs);
  tasks[id].pid = pid;
  tasks[id].pidfd = syscall(SYS_pidfd_open, pid, 0);
  tasks[id].alive = tasks[id].busy = 1;
  task_count++;
  return wait_for(id);
}

static int begin(char **word, int count) {
  int i = find(word[1]);
  if (i < 0 || !tasks[i].alive) return ESRCH;
  struct order *order = &shared->order[i];
  snprintf(order->kind, sizeof order->kind, "%s", word[2]);
  for (int n = 0; n < NUMBERS; n++) order->number[n] = n + 3 < count ? atof(word[n + 3]) : 0;
  i64 one = 1;
  tasks[i].busy = 1;
  if (write(tasks[i].wake, &one, sizeof one) < 0) return errno;
  return !strcmp(word[0], "run") ? wait_for(i) : 0;
}

int put(const char *path, const char *text) {
  int fd = open(path, O_WRONLY);
  if (fd < 0) return errno;
  int bad = write(fd, text, strlen(text)) < 0 ? errno : 0;
  close(fd);
  return bad;
}

static int send(const char *name, const char *signal) {
  int i = find(name), number = !strcmp(signal, "STOP") ? SIGSTOP : !strcmp(signal, "CONT") ? SIGCONT : SIGKILL;
  if (i < 0 || !tasks[i].alive) return ESRCH;
  kill(tasks[i].pid, number);
  if (number == SIGKILL) {
    tasks[i].busy = 1;
    /* What it had done before is not its end. */
    while (wait_for(i) == 0) tasks[i].busy = 1;
  }
  return 0;
}

static int attach(const char *name, const char *group) {
  int i = find(name);
  char pid[32];
  if (i < 0 || !tasks[i].alive) return ESRCH;
  snprintf(pid, sizeof pid, "%d", tasks[i].pid);
  return put(path_of(group, "cgroup.procs"), pid);
}

static int make(const char *group) {
  if (mkdir(path_of(group, ""), 0755) < 0) return errno;
  if (made_count < MOST_GROUPS) made[made_count++] = strdup(group);
  return 0;
}

/* Statistics are flushed with enough changes, and by who reads cpu.stat. */
static void flush_statistics(const char *group) {
  enum { CHANGES = 512 };
  char text[4096], *memory = mmap(NULL, CHANGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) {
    for (int i = 0; i < CHANGES; i++) memory[i * PAGE] = 1;
    munmap(memory, CHANGES * PAGE);
  }
  int fd = open(path_of(group, "cpu.stat"), O_RDONLY);
  if (fd < 0) return;
  if (read(fd, text, sizeof text) < 0) errno = 0;
  close(fd);
}

/* All control files of a group about memory. */
static void show(const char *group) {
  static char text[1 << 16];
  flush_statistics(group);
  DIR *directory = opendir(path_of(group, ""));
  if (directory == NULL) return;
  for (struct dirent *entry; (entry = readdir(directory));) {
    if (strncmp(entry->d_name, "memory.", 7)) continue;
    int fd = open(path_of(group, entry->d_name), O_RDONLY);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (fd >= 0) close(fd);
    if (length < 0) continue;
    fprintf(out, "file ");
    encoded(group, strlen(group));
    fprintf(out, " %s ", entry->d_name);
    encoded(text, length);
    fputc('\n', out);
  }
  closedir(directory);
}

static int drop(int id);

/* On a host it is the run's own files alone that go. */
static int drop_all(const char *how) {
  if (is_guest) return put("/proc/sys/vm/drop_caches", how);
  for (int id = 0; id < shared->files; id++) drop(id);
  return 0;
}

static int drop(int id) {
  if (id < 0) return drop_all("1");
  int fd = open_file(id, O_RDONLY);
  if (fd < 0) return errno;
  int bad = posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
  close(fd);
  return bad;
}

static void end_round(int bad) {
  end_loops();
  fprintf(out, "elapsed %lld\n", now() - began);
  if (bad) fprintf(out, "refused %d %d\n", line_number, bad);
  for (int i = 0; i < made_count; i++) show(made[i]);
  for (int i = 0; i < task_count; i++) {
    if (tasks[i].alive) {
      fprintf(out, "lives ");
      encoded(tasks[i].name, strlen(tasks[i].name));
      fprintf(out, " %d\n", shared->failure[i]);
      kill(tasks[i].pid, SIGKILL);
      waitpid(tasks[i].pid, NULL, 0);
      close(tasks[i].pidfd), close(tasks[i].wake), close(tasks[i].done);
    }
    shared->failure[i] = 0;
  }
  task_count = 0;
  for (; made_count > 0; free(made[made_count])) {
    char *path = path_of(made[--made_count], "cgroup.kill");
    put(path, "1");
    path = path_of(made[made_count], "");
    for (int tries = 0; tries < 200 && rmdir(path) < 0 && errno == EBUSY; tries++) usleep(5000);
  }
  /* Nothing of a round is left for the next. */
  drop_all("3");
  fprintf(out, "end\n");
  fflush(out);
}

static int shorten(int id, i64 pages) {
  int fd = open_file(id, O_RDWR);
  if (fd < 0) return errno;
  int bad = ftruncate(fd, pages * PAGE) < 0 ? errno : 0;
  close(fd);
  shared->length[id] = pages * PAGE;
  return bad;
}

static int step(char **word, int count) {
  const char *what = word[0];
  int i;
  if (!strcmp(what, "run") || !strcmp(what, "start")) return begin(word, count);
  if (!strcmp(what, "spawn")) return spawn(word, count);
  if (!strcmp(what, "write")) return put(path_of(word[1], word[2]), word[3]);
  if (!strcmp(what, "mkdir")) return make(word[1]);
  if (!strcmp(what, "rmdir")) return rmdir(path_of(word[1], "")) < 0 ? errno : 0;
  if (!strcmp(what, "kill")) return send(word[1], word[2]);
  if (!strcmp(what, "attach")) return attach(word[1], word[2]);
  if (!strcmp(what, "program")) return program(word);
  if (!strcmp(what, "loop")) return loop(word[1], atoll(word[2]), atoll(word[3]), atoll(word[4]), atoll(word[5]));
  if (!strcmp(what, "drop")) return drop(atoi(word[1]));
  if (!strcmp(what, "truncate")) return shorten(atoi(word[1]), atoll(word[2]));
  if (!strcmp(what, "sync")) return sync(), 0;
  if (!strcmp(what, "sleep")) return until(now() + atoll(word[1]), NULL), 0;
  if (!strcmp(what, "at")) return until(began + atoll(word[1]), NULL), 0;
  if ((i = find(word[1])) < 0) return ESRCH;
  if (!strcmp(what, "renice")) return setpriority(PRIO_PROCESS, tasks[i].pid, atoi(word[2])) < 0 ? errno : 0;
  if (!strcmp(what, "stop") && tasks[i].alive) kill(tasks[i].pid, SIGUSR1);
  int bad = wait_for(i);
  return bad == ESRCH ? 0 : bad;
}

/* What is said of all rounds, before the first. */
static int is_setting(char **word) {
  if (!strcmp(word[0], "files")) {
    shared->files = atoi(word[1]);
    shared->length = common((shared->files + 1) * sizeof *shared->length);
  } else if (!strcmp(word[0], "scratch")) {
    shared->scratch_size = atoll(word[1]);
    shared->scratch = common(shared->scratch_size + PAGE);
  } else if (!strcmp(word[0], "records")) {
    shared->records_size = atoll(word[1]) * sizeof(struct record);
    shared->records = common(shared->records_size + PAGE);
    char path[4096];
    snprintf(path, sizeof path, "%s/records", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL || fread(shared->records, 1, shared->records_size, file) != shared->records_size) fail("records");
    if (file != NULL) fclose(file);
  } else if (!strcmp(word[0], "env")) {
    putenv(strdup(word[1]));
  } else if (!strcmp(word[0], "random")) {
    for (int i = 0; i < 4; i++) shared->random[i] = strtoul(word[i + 1], NULL, 10);
  } else return 0;
  return 1;
}

int plan(const char *where) {
  static char *word[MOST_WORDS];
  char path[4096], *line = NULL;
  size_t room = 0;
  struct rlimit many = {1 << 20, 1 << 20};
  setrlimit(RLIMIT_NOFILE, &many);
  groups = where;
  snprintf(path, sizeof path, "%s/plan", folder);
  FILE *in = fopen(path, "r");
  snprintf(path, sizeof path, "%s/results", folder);
  out = fopen(path, "w");
  if (in == NULL || out == NULL) return fail("plan");
  snprintf(path, sizeof path, "%s/disk", folder);
  int bad = 0, running = 0, disk = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (line_number = 1; getline(&line, &room, in) >= 0; line_number++) {
    int count = 0;
    for (char *at = strtok(line, " \n"); at != NULL && count < MOST_WORDS - 1; at = strtok(NULL, " \n"))
      word[count++] = decoded(at);
    word[count] = NULL;
    if (count == 0 || is_setting(word)) continue;
    if (!strcmp(word[0], "round")) {
      fprintf(out, "round %s\n", word[1]);
      began = now();
      deadline = began + atoll(word[2]);
      bad = 0, running = 1;
    } else if (!strcmp(word[0], "end")) {
      /* A refused line has ended it already. */
      if (running) end_round(0);
      running = 0;
    } else if (running) {
      /* What may be refused begins with ?. */
      int may = word[0][0] == '?';
      word[0] += may;
      bad = step(word, count);
      if (bad && !may) end_round(bad), running = 0;
    }
  }
  /* What was written to the disk by way of the page cache, and did not get there. */
  if (is_guest && syncfs(disk) < 0) return fail("not all that was written is on the guest's disk");
  fprintf(out, "over\n");
  fflush(out);
  fsync(fileno(out));
  return 0;
}
