import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import type { Moved } from './moved.ts';

/** Files of the kernel's that are made anew each time they are read from their beginning. */

/** Why there is no text: `gone` what it was about, or `denied`, to this user or for want of descriptors. */
export type Missing = 'gone' | 'denied';

const PIECE = 64 * 1024;
/** Shared by all: a text is taken out of it before the next is read. */
const buffer = Buffer.allocUnsafe(PIECE);

/** Bytes that this program has read from such files: they are no reads of the program that is recorded. */
export const ownReads = { bytes: 0 };

/** One such file, kept open: what it is about stays the same, though its number may be given to another. */
export class ProcFile {
  readonly #file: number;

  private constructor(file: number) {
    this.#file = file;
  }

  static open(path: string): ProcFile | Missing {
    const opened = attempt(() => openSync(path, 'r'));
    return typeof opened === 'number' ? new ProcFile(opened) : opened;
  }

  text(): { readonly text: string } | Missing {
    return attempt(() => {
      let text = '';
      for (;;) {
        // Several pieces only where the kernel gives no more at once.
        const length = readSync(this.#file, buffer, 0, PIECE, text.length);
        ownReads.bytes += length;
        if (text === '' && length < SHORT) return { text: buffer.toString('latin1', 0, length) };
        if (length === 0) return { text };
        text += buffer.toString('latin1', 0, length);
      }
    });
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** The kernel hands out a list in pieces of a page; what is shorter is whole. */
const SHORT = 2048;

/** The text of a file that is read once. */
export function textOnce(path: string): { readonly text: string } | Missing {
  const file = ProcFile.open(path);
  if (typeof file === 'string') return file;
  const read = file.text();
  file.close();
  return read;
}

/** Where a link leads; null: nobody knows. */
export function linkAt(path: string): string | null {
  const target = attempt(() => ({ target: readlinkSync(path) }));
  return typeof target === 'string' ? null : target.target;
}

/** The names in a directory; none when it is gone. */
export function namesIn(path: string): readonly string[] {
  const names = attempt(() => readdirSync(path));
  return typeof names === 'string' ? [] : names;
}

/** The number behind this name in a text of `name value` lines, or -1. */
export function numberAfter(text: string, name: string): number {
  const at = text.indexOf(name);
  return at < 0 ? -1 : Number.parseInt(text.slice(at + name.length, at + name.length + WIDEST), 10);
}

/** What stands in a proc_tid_children(5); none when it is gone. */
export const pidsIn = (read: { readonly text: string } | Missing): number[] =>
  typeof read === 'string' ? [] : (read.text.match(/\d+/g) ?? []).map(Number);

/** What stands in a proc_pid_io(5). */
export const movedIn = (text: string): Moved => ({
  read: numberAfter(text, 'rchar:'),
  written: numberAfter(text, 'wchar:'),
  fetched: numberAfter(text, '\nread_bytes:'),
  dirtied: numberAfter(text, '\nwrite_bytes:') - numberAfter(text, '\ncancelled_write_bytes:'),
});

/** Blanks and the digits of a u64. */
const WIDEST = 32;

const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ESRCH', 'ENODEV', 'ENOTDIR']);
const DENIED: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EMFILE', 'ENFILE']);

function attempt<T>(act: () => T): T | Missing {
  try {
    return act();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (GONE.has(code)) return 'gone';
    if (DENIED.has(code)) return 'denied';
    throw error;
  }
}
