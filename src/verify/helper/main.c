/*
 * What memcg verify runs beside itself: `guard` keeps an eye on the guest for the host; as the guest's init it mounts
 * what a plan needs, carries it out and turns the guest off; `host` carries it out on this machine.
 */
#include "helper.h"
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <time.h>

struct shared *shared;
const char *folder;
int is_guest;

i64 now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

void until(i64 time, volatile sig_atomic_t *stopped) {
  for (i64 left; (stopped == NULL || !*stopped) && (left = time - now()) > 0;) {
    struct timespec t = {left / 1000000000, left % 1000000000};
    nanosleep(&t, NULL);
  }
}

void *common(size_t size) {
  char *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) _exit(fail("memory"));
  for (size_t i = 0; i < size; i += PAGE) at[i] = 0;
  return at;
}

int fail(const char *what) {
  printf("memcg verify: %s: %s\n", what, strerror(errno));
  fflush(stdout);
  return 1;
}

int open_file(int id, int flags) {
  char path[4096];
  snprintf(path, sizeof path, "%s/disk/f%d", folder, id);
  return open(path, flags | O_CREAT | O_CLOEXEC, 0600);
}

static int mounted(void) {
  char disk[4096];
  const char *groups = "/sys/fs/cgroup", *over = getenv("memcg_over");
  snprintf(disk, sizeof disk, "%s/disk", folder);
  mount("none", "/dev", "devtmpfs", 0, NULL);
  if (mount("none", "/proc", "proc", 0, NULL) < 0) return fail("/proc");
  if (mount("none", "/sys", "sysfs", 0, NULL) < 0) return fail("/sys");
  if (mount("none", groups, "cgroup2", 0, NULL) < 0) return fail("cgroup2");
  if (mount("none", folder, "hostfs", 0, folder) < 0) return fail(folder);
  if (mount("/dev/ubda", disk, "ext4", MS_NOATIME, NULL) < 0) return fail("disk");
  if (access("/dev/ubdb", F_OK) == 0 && swapon("/dev/ubdb", 0) < 0) return fail("swap");
  if (put("/sys/fs/cgroup/cgroup.subtree_control", "+memory")) return fail("memory controller");
  put("/sys/fs/cgroup/cgroup.subtree_control", "+pids");
  /* A copy of the program's folder stands where it stands on the host; what is temporary is the disk's. */
  if (over != NULL && mount("/dev/ubdc", over, "ext4", MS_NOATIME, NULL) < 0) return fail(over);
  strcat(disk, "/tmp");
  mkdir(disk, 0777);
  setenv("TMPDIR", disk, 1);
  return 0;
}

static int guest(void) {
  folder = getenv("memcg_folder");
  if (mounted() == 0) plan("/sys/fs/cgroup");
  sync();
  reboot(RB_POWER_OFF);
  return 1;
}

static int removed(const char *path, const struct stat *stat, int kind, struct FTW *walk) {
  (void)stat, (void)walk;
  if (kind == FTW_DP) rmdir(path);
  else unlink(path);
  return 0;
}

static volatile sig_atomic_t child_ended;
static void ended(int signal) {
  (void)signal;
  child_ended = 1;
}

/* Whoever is left below this process, whatever became of who started it. */
static void end_all(void) {
  char path[64], text[4096];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
  for (;;) {
    int fd = open(path, O_RDONLY);
    ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0) close(fd);
    if (length <= 0) return;
    text[length] = 0;
    for (char *at = strtok(text, " "); at != NULL; at = strtok(NULL, " ")) kill(atoi(at), SIGKILL);
    waitpid(-1, NULL, 0);
  }
}

int guard(const char *left, char **argv) {
  struct sigaction action = {.sa_handler = ended};
  sigset_t held, open_mask;
  sigaction(SIGCHLD, &action, NULL);
  signal(SIGINT, SIG_IGN), signal(SIGTERM, SIG_IGN), signal(SIGHUP, SIG_IGN), signal(SIGPIPE, SIG_IGN);
  sigemptyset(&held);
  sigaddset(&held, SIGCHLD);
  sigprocmask(SIG_BLOCK, &held, &open_mask);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_t pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigprocmask(SIG_SETMASK, &open_mask, NULL);
    signal(SIGINT, SIG_DFL), signal(SIGTERM, SIG_DFL), signal(SIGHUP, SIG_DFL), signal(SIGPIPE, SIG_DFL);
    int none = open("/dev/null", O_RDONLY);
    dup2(none, 0);
    execvp(argv[0], argv);
    _exit(127);
  }
  int status = -1, over = pid < 0;
  for (;;) {
    struct pollfd in = {0, POLLIN, 0};
    if (child_ended && !over && waitpid(pid, &status, WNOHANG) == pid) {
      over = 1;
      end_all();
      printf("memcg verify: ended %d\n", status);
      fflush(stdout);
    }
    child_ended = 0;
    if (ppoll(&in, 1, NULL, &open_mask) > 0 && in.revents) break;
  }
  end_all();
  if (getenv("memcg_group")) nftw(getenv("memcg_group"), removed, 16, FTW_DEPTH | FTW_PHYS);
  nftw(left, removed, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 3 && !strcmp(argv[1], "guard")) return guard(argv[2], argv + 3);
  shared = common(sizeof *shared);
  is_guest = getpid() == 1;
  if (is_guest) return guest();
  if (argc < 4 || strcmp(argv[1], "host")) return 2;
  folder = argv[2];
  return plan(argv[3]);
}
