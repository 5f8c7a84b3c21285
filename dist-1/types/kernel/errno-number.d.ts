import type { Errno } from './errno.ts';
/** The numbers of Linux (asm-generic/errno.h), for those who speak in numbers: recordings, FUSE. */
export declare const ERRNO_NUMBER: Readonly<Record<Errno, number>>;
