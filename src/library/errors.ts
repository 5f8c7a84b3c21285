import { getSystemErrorMap, inspect } from 'node:util';
import { type Errno, isErrno } from '../kernel/errno.ts';
import { ERRNO_NUMBER } from '../kernel/errno-number.ts';
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

/** libuv's texts by its names. */
const TEXTS: ReadonlyMap<string, string> = new Map(getSystemErrorMap().values());

/** `EINVAL: invalid argument, write`; numbers are Linux's wherever this runs. */
export function errnoException(
  { errno, why }: Pick<Refusal, 'errno' | 'why'>,
  syscall: string,
  path?: string,
  dest?: string,
): ErrnoException {
  const code = errno === 'EOPNOTSUPP' ? 'ENOTSUP' : errno;
  const at = path === undefined ? '' : ` '${path}'${dest === undefined ? '' : ` -> '${dest}'`}`;
  const message = `${code}: ${TEXTS.get(code) ?? 'unknown error'}, ${syscall}${at}`;
  const error = new Error(message, why === '' ? {} : { cause: why });
  return Object.assign(error, {
    errno: -ERRNO_NUMBER[errno],
    code,
    syscall,
    ...(path !== undefined && { path }),
    ...(dest !== undefined && { dest }),
  }) as ErrnoException;
}

/** The errno of an error of a system call. */
export const codeOf = (error: unknown): Errno | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && isErrno(error.code)
    ? error.code
    : null;

/** What a system call among those that `act` makes refuses, as the refusal of the one that the program made. */
export function asOf<T>(syscall: string, path: string, dest: string | undefined, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const errno = codeOf(error);
    if (errno === null) throw error;
    throw errnoException({ errno, why: whyOf(error) }, syscall, path, dest);
  }
}

const whyOf = (error: unknown): string =>
  error instanceof Error && typeof error.cause === 'string' ? error.cause : '';

/** ERR_FS_EISDIR */
export function isDirectory(syscall: string, path: string): Error {
  const [errno, message] = [ERRNO_NUMBER.EISDIR, 'is a directory'];
  const text = `Path is a directory: ${syscall} returned EISDIR (${message}) ${path}`;
  const info = { code: 'EISDIR', message, path, syscall, errno };
  const code = 'ERR_FS_EISDIR';
  return Object.assign(new SystemError(text), { name: 'SystemError', code, info, errno, syscall, path });
}

class SystemError extends Error {}

const coded = <E extends Error>(error: E, code: string): E & { readonly code: string } =>
  Object.assign(error, { code });

/** ERR_INVALID_ARG_TYPE; `expected` as in `of type string or an instance of Buffer or URL`. */
export function wrongType(name: string, expected: string, value: unknown): TypeError {
  const text = `The "${name}" argument must be ${expected}. Received ${received(value)}`;
  return coded(new TypeError(text), 'ERR_INVALID_ARG_TYPE');
}

/** ERR_INVALID_ARG_VALUE; `rule` as in `is invalid`. */
export const wrongValue = (name: string, rule: string, value: unknown): TypeError =>
  coded(new TypeError(`The argument '${name}' ${rule}. Received ${inspect(value)}`), 'ERR_INVALID_ARG_VALUE');

/** ERR_OUT_OF_RANGE; `range` as in `>= 0 && <= 10`. */
export const outOfRange = (name: string, range: string, value: unknown): RangeError =>
  coded(
    new RangeError(`The value of "${name}" is out of range. It must be ${range}. Received ${inspect(value)}`),
    'ERR_OUT_OF_RANGE',
  );

function received(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const { name } = value.constructor ?? {};
    return name === undefined ? inspect(value, { depth: -1 }) : `an instance of ${name}`;
  }
  return `type ${typeof value} (${inspect(value)})`;
}
