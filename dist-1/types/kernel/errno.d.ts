/**
 * What the emulated kernel answers when it refuses. A refusal is a value: the
 * errno for programs, and for people one sentence that names the rule that was
 * broken and what to do.
 */
/** The errnos that the emulated kernel can answer, with Linux's text for each. */
export declare const ERRNO_TEXT: {
    readonly EPERM: 'Operation not permitted';
    readonly ENOENT: 'No such file or directory';
    readonly ESRCH: 'No such process';
    readonly EINTR: 'Interrupted system call';
    readonly EIO: 'Input/output error';
    readonly E2BIG: 'Argument list too long';
    readonly EBADF: 'Bad file descriptor';
    readonly EAGAIN: 'Resource temporarily unavailable';
    readonly ENOMEM: 'Cannot allocate memory';
    readonly EACCES: 'Permission denied';
    readonly EFAULT: 'Bad address';
    readonly EBUSY: 'Device or resource busy';
    readonly EEXIST: 'File exists';
    readonly EXDEV: 'Invalid cross-device link';
    readonly ENODEV: 'No such device';
    readonly ENOTDIR: 'Not a directory';
    readonly EISDIR: 'Is a directory';
    readonly EINVAL: 'Invalid argument';
    readonly ENFILE: 'Too many open files in system';
    readonly EFBIG: 'File too large';
    readonly ENOSPC: 'No space left on device';
    readonly ESPIPE: 'Illegal seek';
    readonly ERANGE: 'Numerical result out of range';
    readonly ENAMETOOLONG: 'File name too long';
    readonly ENOTEMPTY: 'Directory not empty';
    readonly EOPNOTSUPP: 'Operation not supported';
};
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
export declare const refuse: (errno: Errno, why?: string) => Refusal;
export declare const done: <T>(value: T) => Done<T>;
/** The answer of everything that succeeds with nothing to say. */
export declare const OK: Done<undefined>;
export declare const isErrno: (word: string) => word is Errno;
