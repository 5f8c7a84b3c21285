import { decodeText } from '../kernel/text.ts';
import { Mistake } from './mistake.ts';
import type { Parsed } from './vocabulary.ts';

/** The longest line of a script, in bytes. */
export const MAX_LINE = 1 << 20;
/** Bytes that are cut at once. */
export const PIECE = 1 << 16;
const NEWLINE = 10;

/** Some lines of a script at once, so that nobody awaits each of them. */
export interface Lines {
  /** Number of the first of them, from 1. */
  readonly first: number;
  /** Without their ends (LF or CRLF). */
  readonly lines: readonly string[];
  /** What they say, where somebody has parsed them before. */
  readonly parsed?: readonly Parsed[];
  /** What is wrong with the line that follows them; nothing comes after it. */
  readonly mistake: Mistake | null;
}

/**
 * Cuts bytes into lines. Holds one line and what it was given at most; bytes that can't be a script end it with a
 * `mistake`.
 */
export class LineCutter {
  #line = 1;
  /** The beginning of a line that has no end yet. */
  #open: Uint8Array[] = [];
  #length = 0;

  /** The lines that end in these bytes, which are PIECE at most; null: none does. */
  push(piece: Uint8Array): Lines | null {
    const end = piece.lastIndexOf(NEWLINE);
    if (end < 0) {
      this.#keep(piece);
      return this.#length > MAX_LINE ? this.#stop([], tooLong(this.#join())) : null;
    }
    const firstEnd = piece.indexOf(NEWLINE);
    this.#keep(piece.subarray(0, firstEnd));
    if (this.#length > MAX_LINE) return this.#stop([], tooLong(this.#join()));
    this.#keep(piece.subarray(firstEnd, end));
    const block = this.#join();
    this.#keep(piece.subarray(end + 1));
    return this.#cut(block);
  }

  /** The last line, which has no end. */
  end(): Lines | null {
    return this.#length === 0 ? null : this.#cut(this.#join());
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    // Copied, because who reads may use the buffer again; what slice() gives of a Buffer is the same memory.
    this.#open.push(new Uint8Array(piece));
    this.#length += piece.length;
  }

  #join(): Uint8Array {
    const whole = this.#open.length === 1 ? this.#open[0] : new Uint8Array(this.#length);
    if (this.#open.length !== 1) {
      let at = 0;
      for (const piece of this.#open) {
        whole.set(piece, at);
        at += piece.length;
      }
    }
    this.#open = [];
    this.#length = 0;
    return whole;
  }

  #cut(block: Uint8Array): Lines {
    const lines = linesIn(decodeText(block), this.#line);
    this.#line += lines.lines.length;
    return lines;
  }

  #stop(lines: readonly string[], mistake: Mistake): Lines {
    return { first: this.#line, lines, mistake };
  }
}

/** The lines of bytes that are there already. */
export function* linesOfBytes(bytes: Uint8Array): Generator<Lines> {
  const cutter = new LineCutter();
  for (let at = 0; at < bytes.length; at += PIECE) {
    const lines = cutter.push(bytes.subarray(at, at + PIECE));
    if (lines !== null) yield lines;
    if (lines?.mistake != null) return;
  }
  const rest = cutter.end();
  if (rest !== null) yield rest;
}

/** The lines of a text that begins at this line of a script. */
export function linesIn(whole: string, first = 1): Lines {
  const text = first === 1 && whole.startsWith('\ufeff') ? whole.slice(1) : whole;
  const lines = text.split('\n');
  const bad = JUNK.test(text) ? lines.findIndex((line) => JUNK.test(line)) : -1;
  const sound = bad < 0 ? lines : lines.slice(0, bad);
  return {
    first,
    lines: text.includes('\r') ? sound.map(withoutReturn) : sound,
    mistake: bad < 0 ? null : junk(lines[bad]),
  };
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

// A control character other than tab, LF and CR, or a byte that is not UTF-8 (kernel/text.ts).
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const JUNK = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\udc80-\udcff]/u;

function junk(line: string): Mistake {
  const at = line.search(JUNK);
  const unit = line.charCodeAt(at);
  if (unit === 0) return new Mistake('a NUL byte: this is not a script (in a word, write "\\0")', at + 1);
  const byte = (unit >= 0xdc80 ? unit - 0xdc00 : unit).toString(16).padStart(2, '0');
  const what = unit >= 0xdc80 ? 'is not UTF-8' : 'is a control character';
  return new Mistake(`byte 0x${byte} ${what}: this is not a script (in a word, write "\\x${byte}")`, at + 1);
}

/** Says what is at the line's beginning when that is no text: the likelier reason why it has no end. */
function tooLong(line: Uint8Array): Mistake {
  const text = decodeText(line.subarray(0, PIECE));
  const cut = text.slice(0, -4);
  if (JUNK.test(cut)) return junk(cut);
  return new Mistake(`this line is longer than ${MAX_LINE} bytes`, 0);
}
