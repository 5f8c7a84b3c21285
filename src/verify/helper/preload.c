/*
 * Loaded before linux.uml. A kernel whose CPU has wider registers than that program knows (AMX) takes a process's
 * registers whole or not at all: what it hands over is completed with what the process has.
 */
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PEEKTEXT 1
#define PEEKUSER 3
#define GETREGSET 0x4204
#define SETREGSET 0x4205
#define NT_X86_XSTATE ((void *)0x202)

static long call(long request, long pid, void *address, void *data) {
  return syscall(SYS_ptrace, request, pid, address, data);
}

long ptrace(long request, long pid, void *address, void *data) {
  static char registers[1 << 16];
  struct iovec whole = {registers, sizeof registers}, *part = data;
  long word;
  if (request >= PEEKTEXT && request <= PEEKUSER) return call(request, pid, address, &word) < 0 ? -1 : word;
  if (request != SETREGSET || address != NT_X86_XSTATE) return call(request, pid, address, data);
  if (call(GETREGSET, pid, address, &whole) < 0 || part->iov_len >= whole.iov_len)
    return call(request, pid, address, data);
  memcpy(registers, part->iov_base, part->iov_len);
  return call(request, pid, address, &whole);
}
