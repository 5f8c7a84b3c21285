/**
 * Numbers of the FUSE protocol, version 7.31, from include/uapi/linux/fuse.h:
 * what the kernel asks through /dev/fuse and what it may be told.
 */

export const MAJOR = 7;
export const MINOR = 31;

export const ROOT_ID = 1;

export const Opcode = {
  LOOKUP: 1,
  FORGET: 2,
  GETATTR: 3,
  SETATTR: 4,
  SYMLINK: 6,
  MKNOD: 8,
  MKDIR: 9,
  UNLINK: 10,
  RMDIR: 11,
  RENAME: 12,
  LINK: 13,
  OPEN: 14,
  READ: 15,
  WRITE: 16,
  STATFS: 17,
  RELEASE: 18,
  FSYNC: 20,
  INIT: 26,
  OPENDIR: 27,
  READDIR: 28,
  RELEASEDIR: 29,
  FSYNCDIR: 30,
  CREATE: 35,
  INTERRUPT: 36,
  DESTROY: 38,
  POLL: 40,
  BATCH_FORGET: 42,
  RENAME2: 45,
} as const;

/** Of struct fuse_in_header. */
export const IN_HEADER = 40;
/** Of struct fuse_out_header. */
export const OUT_HEADER = 16;

/** Flags of INIT. */
export const InitFlag = {
  ATOMIC_O_TRUNC: 1 << 3,
  BIG_WRITES: 1 << 5,
  DONT_MASK: 1 << 6,
  PARALLEL_DIROPS: 1 << 18,
  MAX_PAGES: 1 << 22,
} as const;

/** Flags of the answer to OPEN. */
export const FOPEN_DIRECT_IO = 1 << 0;
export const FOPEN_NOFLUSH = 1 << 5;

/** Flag of READ: somebody reads who has the file open; the page cache reads for nobody. */
export const READ_LOCKOWNER = 1 << 1;

/** What SETATTR changes. */
export const SetAttr = {
  MODE: 1 << 0,
  UID: 1 << 1,
  GID: 1 << 2,
  ATIME: 1 << 4,
  MTIME: 1 << 5,
  ATIME_NOW: 1 << 7,
  MTIME_NOW: 1 << 8,
} as const;

/** Flag of POLL: its caller waits, and is to be woken. */
export const POLL_SCHEDULE_NOTIFY = 1 << 0;

/** What the kernel is told unasked: in the place of the errno, with unique 0. */
export const NOTIFY_POLL = 1;
export const NOTIFY_INVAL_INODE = 2;
export const NOTIFY_INVAL_ENTRY = 3;

/** As many files, and as many directories, are open at once. */
export const MAX_OPEN = 65_536;

/** The longest name, bytes. */
export const NAME_MAX = 255;

const PAGE_SIZE = 4096;
/** The most pages of one request (fs/fuse: FUSE_MAX_MAX_PAGES); a longer write comes in pieces. */
export const MAX_PAGES = 256;
export const MAX_WRITE = MAX_PAGES * PAGE_SIZE;
/** The kernel refuses reads of the device into less than the longest request. */
export const READ_BUFFER = MAX_WRITE + PAGE_SIZE;
