/**
 * What the emulated kernel answers when it refuses. A refusal is a value: the
 * errno for programs, and for people one sentence that names the rule that was
 * broken and what to do.
 */

/** The errnos that the emulated kernel can answer, with Linux's text for each. */
export const ERRNO_TEXT = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  E2BIG: 'Argument list too long',
  EBADF: 'Bad file descriptor',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EFAULT: 'Bad address',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  ENFILE: 'Too many open files in system',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  ESPIPE: 'Illegal seek',
  ERANGE: 'Numerical result out of range',
  ENAMETOOLONG: 'File name too long',
  ENOTEMPTY: 'Directory not empty',
  EOPNOTSUPP: 'Operation not supported',
} as const;

export type Errno = keyof typeof ERRNO_TEXT;

export interface Refusal {
  readonly ok: false;
  readonly errno: Errno;
  /** One plain sentence: which rule, today's numbers, what to do. May be empty. */
  readonly why: string;
}

export interface Done<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T> = Done<T> | Refusal;

export const refuse = (errno: Errno, why = ''): Refusal => ({ ok: false, errno, why });
export const done = <T>(value: T): Done<T> => ({ ok: true, value });

/** The answer of everything that succeeds with nothing to say. */
export const OK: Done<undefined> = { ok: true, value: undefined };

export const isErrno = (word: string): word is Errno => Object.hasOwn(ERRNO_TEXT, word);
