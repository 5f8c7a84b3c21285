/** What strace's -yy says of a descriptor: `3</etc/passwd>`, `0</dev/zero<char 1:5>>`, `7<pipe:[49089]>`. */
export interface Described {
  readonly fd: number;
  /** The path of a regular file or a folder; null: it is something else, whose reads are no file's. */
  readonly path: string | null;
}

const DESCRIPTOR = /^(-?\d+|AT_FDCWD)(?:<(\/[^<>]*)(<\w+ [^>]*>)?>)?(\(deleted\))?/;
/** The kernel's own file systems: what is read there lies in no page cache that a limit bounds. */
const NO_STORAGE = /^\/(proc|sys|dev)(\/|$)/;
/** Descriptor of the working directory, in place of a number. */
export const WORKING_DIRECTORY = -100;

export function described(text: string): Described | null {
  const parts = DESCRIPTOR.exec(text);
  if (parts === null) return null;
  const fd = parts[1] === 'AT_FDCWD' ? WORKING_DIRECTORY : Number(parts[1]);
  const isFile = parts[2] !== undefined && parts[3] === undefined;
  return { fd, path: isFile ? unescaped(parts[2]) : null };
}

/** Files that are kept in memory alone (tmpfs, memfd): no limit can take them away without swap. */
export const isSharedMemory = (path: string): boolean => /^\/(dev\/shm\/|memfd:|SYSV|dev\/zero)/.test(path);

export const isOnStorage = (path: string): boolean => !NO_STORAGE.test(path) && !isSharedMemory(path);

/** A text in quotation marks; null: it is none. */
export function quotedText(text: string): string | null {
  const parts = /^"(.*)"(\.\.\.)?$/s.exec(text);
  return parts === null ? null : unescaped(parts[1]);
}

const NAMED: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8 };

/** Octal, hexadecimal and named escapes of C; what they stand for is UTF-8. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes: number[] = [];
  for (const [part, octal, hex, other] of text.matchAll(/\\(?:([0-7]{1,3})|x([0-9a-f]{2})|(.))|[^\\]+/gs)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (other !== undefined) bytes.push(NAMED[other] ?? other.charCodeAt(0));
    else bytes.push(...Buffer.from(part));
  }
  return Buffer.from(bytes).toString('utf8');
}

/** The number of a descriptor; -1 where there is none. */
export const fdOf = (text: string | undefined): number => described(text ?? '')?.fd ?? -1;

export const has = (flags: string, flag: string): boolean => new RegExp(`\\b${flag}\\b`).test(flags);

/** A number with what strace knows of it behind; 0 where there is none. */
export function number(text: string | undefined): number {
  const parts = /^(0x[0-9a-f]+|-?\d+)/.exec(text ?? '');
  return parts === null ? 0 : Number(parts[1]);
}
