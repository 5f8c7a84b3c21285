/**
 * What `strace -f -ttt -yy -s 0` prints, a line at a time (strace(1)): calls that are over at once, calls that
 * another task's line cuts in two (`<unfinished ...>`, `<... read resumed>`), and the ends of tasks.
 */
export interface SystemCall {
  readonly pid: number;
  /** When it was seen to be over, or to begin where it ended at once; microseconds since 1970. */
  readonly time: number;
  readonly name: string;
  readonly args: readonly string[];
  /** Its return value with what strace knows of it, as `3</etc/passwd>`. */
  readonly result: string;
}

export interface StraceReader {
  /** A call that succeeded. */
  called(call: SystemCall): void;
  /** A call that has begun, of which another task's line was printed before it ended. */
  begun(pid: number, name: string): void;
  exited(pid: number, time: number): void;
}

/** Process (with -f), time (-ttt, or of the day with -tt), call. */
const LINE = /^(?:\[pid +(\d+)\] +|(\d+) +)?(?:(?:(\d\d):(\d\d):)?(\d+)(?:\.(\d+))? )?([a-z_<+-].*)$/;
const RESUMED = /^<\.\.\. (\w+) resumed>/;
const CALL = /^(\w+)\(/;
const UNFINISHED = ' <unfinished ...>';
/** `)` and blanks and `= ` before what was returned. */
const RETURNED = /\) += (.*)$/;

/** Puts the halves of calls together, and takes lines apart. */
export class StraceLines {
  readonly #reader: StraceReader;
  readonly #begun = new Map<number, string>();
  /** Lines that are none of strace's. */
  strange = 0;
  /** Calls that were stopped, those that failed too. */
  calls = 0;

  constructor(reader: StraceReader) {
    this.#reader = reader;
  }

  line(line: string): void {
    const parts = LINE.exec(line);
    if (parts === null) {
      if (line !== '') this.strange += 1;
      return;
    }
    const [, shown, written, hours = 0, minutes = 0, seconds = 0, rest = '', text] = parts;
    const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    const time = whole * 1e6 + Number(rest.padEnd(6, '0').slice(0, 6));
    this.#event(Number(shown ?? written ?? 0), time, text);
  }

  #event(pid: number, time: number, text: string): void {
    if (text.startsWith('+++')) {
      this.#begun.delete(pid);
      this.#reader.exited(pid, time);
      return;
    }
    if (text.startsWith('---')) return;
    if (text.endsWith(UNFINISHED)) {
      const begun = text.slice(0, -UNFINISHED.length);
      this.#begun.set(pid, begun);
      this.#reader.begun(pid, CALL.exec(begun)?.[1] ?? '');
      return;
    }
    const resumed = RESUMED.exec(text);
    const begun = resumed === null ? '' : (this.#begun.get(pid) ?? `${resumed[1]}(`);
    this.#begun.delete(pid);
    this.#call(pid, time, begun + text.slice(resumed?.[0].length ?? 0));
  }

  #call(pid: number, time: number, text: string): void {
    const name = CALL.exec(text)?.[1];
    const returned = RETURNED.exec(text);
    this.calls += 1;
    if (name === undefined || returned === null) {
      this.strange += 1;
      return;
    }
    const result = returned[1];
    // A call that failed changes nothing here; `?` is what a call returns that never comes back.
    if (result.startsWith('-') || result.startsWith('?')) return;
    this.#reader.called({
      pid,
      time,
      name,
      args: splitArguments(text, name.length + 1, returned.index),
      result,
    });
  }
}

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

/** Arguments are split at commas, but not at those in texts, lists and the paths of descriptors. */
function splitArguments(text: string, from: number, to: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < to; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at);
    else if (character === '<') at = Math.max(at, endOfPath(text, at));
    else if (OPENING.has(character)) depth += 1;
    else if (CLOSING.has(character)) depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  if (start < to) parts.push(text.slice(start, to).trim());
  return parts;
}

/** The quotation mark that ends the text that begins at `at`. */
function endOfText(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '"') return end;
  }
  return text.length;
}

/** The `>` that ends what stands behind a descriptor; in a path `<` and `>` are written as \74 and \76. */
function endOfPath(text: string, at: number): number {
  if (text[at + 1] !== '/') return text.indexOf('>', text.indexOf(']', at));
  const end = text.indexOf('>', at);
  return text[end + 1] === '>' ? end + 1 : end;
}
