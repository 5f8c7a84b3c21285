/* What runs in a round beside its tasks: loops that reclaim, and programs of the host's. */
#include "helper.h"
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { MOST_LOOPS = 4096 };
static struct {
  char group[256];
  pid_t pid;
} loops[MOST_LOOPS];
static int loop_count;

static i64 number_in(const char *path) {
  char text[64] = "";
  int fd = open(path, O_RDONLY);
  if (fd >= 0 && read(fd, text, sizeof text - 1) < 0) text[0] = 0;
  if (fd >= 0) close(fd);
  return atoll(text);
}

static void end_loop(int i) {
  kill(loops[i].pid, SIGKILL);
  waitpid(loops[i].pid, NULL, 0);
  loops[i] = loops[--loop_count];
}

void end_loops(void) {
  while (loop_count > 0) end_loop(0);
}

/* A loop that reclaims: now and then, where the usage is above high, down to low in batches. One for each group. */
int loop(const char *group, i64 high, i64 low, i64 batch, i64 interval) {
  for (int i = 0; i < loop_count; i++)
    if (!strcmp(loops[i].group, group)) end_loop(i);
  if (high < 0) return 0;
  if (loop_count == MOST_LOOPS) return EAGAIN;
  fflush(out);
  pid_t pid = fork();
  if (pid < 0) return errno;
  if (pid > 0) {
    snprintf(loops[loop_count].group, sizeof loops->group, "%s", group);
    loops[loop_count++].pid = pid;
    return 0;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  char current[8192], text[32];
  snprintf(current, sizeof current, "%s", path_of(group, "memory.current"));
  char reclaim[8192];
  snprintf(reclaim, sizeof reclaim, "%s", path_of(group, "memory.reclaim"));
  for (;; until(now() + interval, NULL)) {
    i64 usage = number_in(current);
    if (usage <= high) continue;
    for (; usage > low; usage = number_in(current)) {
      snprintf(text, sizeof text, "%lld", usage - low < batch ? usage - low : batch);
      if (put(reclaim, text)) break;
    }
  }
}

/* Of CAP_SYS_ADMIN and its like: root in a guest could else write to the host what its user may. */
static const int TAKEN[] = {CAP_SYS_ADMIN, CAP_SYS_RAWIO, CAP_MKNOD, CAP_SYS_MODULE, CAP_SYS_BOOT};

/* A program of the host's, as itself: its group, its folder, its words. */
int program(char **word) {
  fflush(out);
  i64 start = now();
  pid_t pid = fork();
  if (pid == 0) {
    char log[4096];
    snprintf(log, sizeof log, "%s/output", folder);
    int procs = open(path_of(word[1], "cgroup.procs"), O_WRONLY), to = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int from = open("/dev/null", O_RDONLY);
    dup2(from, 0), dup2(to, 1), dup2(to, 2);
    setpgid(0, 0);
    for (int i = 0; is_guest && i < (int)(sizeof TAKEN / sizeof *TAKEN); i++) prctl(PR_CAPBSET_DROP, TAKEN[i]);
    if (chdir(word[2]) < 0 || write(procs, "0", 1) < 0) _exit(126);
    close(procs), close(to), close(from);
    execvp(word[3], word + 3);
    _exit(127);
  }
  if (pid < 0) return errno;
  struct pollfd end = {syscall(SYS_pidfd_open, pid, 0), POLLIN, 0};
  int late = poll(&end, 1, left()) == 0, status = 0;
  close(end.fd);
  setpgid(pid, pid);
  kill(-pid, SIGKILL);
  waitpid(pid, &status, 0);
  if (late) return ETIMEDOUT;
  fprintf(out, "program %d %lld\n", WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), now() - start);
  return 0;
}
