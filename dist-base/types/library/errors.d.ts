import { type Errno } from '../kernel/errno.ts';
import type { Refusal } from '../machine/machine.ts';
/** Errors as Node makes them, so that what is thrown here is what node:fs throws over the kernel's own files. */
/** What Node's errors of system calls have, and the emulated kernel's reason as their cause. */
export interface ErrnoException extends Error {
    readonly errno: number;
    readonly code: string;
    readonly syscall: string;
    readonly path?: string;
    readonly dest?: string;
    /** One plain sentence: which rule was broken, and what to do. */
    readonly cause?: string;
}
/** `EINVAL: invalid argument, write`; numbers are Linux's wherever this runs. */
export declare function errnoException({ errno, why }: Pick<Refusal, 'errno' | 'why'>, syscall: string, path?: string, dest?: string): ErrnoException;
/** The errno of an error of a system call. */
export declare const codeOf: (error: unknown) => Errno | null;
/** What a system call among those that `act` makes refuses, as the refusal of the one that the program made. */
export declare function asOf<T>(syscall: string, path: string, dest: string | undefined, act: () => T): T;
/** ERR_FS_EISDIR */
export declare function isDirectory(syscall: string, path: string): Error;
/** ERR_INVALID_ARG_TYPE; `expected` as in `of type string or an instance of Buffer or URL`. */
export declare function wrongType(name: string, expected: string, value: unknown): TypeError;
/** ERR_INVALID_ARG_VALUE; `rule` as in `is invalid`. */
export declare const wrongValue: (name: string, rule: string, value: unknown) => TypeError;
/** ERR_OUT_OF_RANGE; `range` as in `>= 0 && <= 10`. */
export declare const outOfRange: (name: string, range: string, value: unknown) => RangeError;
