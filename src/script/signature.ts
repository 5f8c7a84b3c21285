import { Misshapen, Mistake } from './mistake.ts';
import { suggestion } from './nearest.ts';
import type { Word } from './words.ts';

/**
 * How a command's words are read. Each entry of the vocabulary names its arguments
 * and options once; from that come parsing, usage lines, help and completion.
 */

/** What a word stands for, for those who complete it. */
export type ArgumentKind =
  | 'cgroup'
  | 'file'
  | 'data-file'
  | 'task'
  | 'size'
  | 'time'
  | 'text'
  | 'pattern'
  | 'known'
  | 'number'
  | 'path'
  | 'rate'
  | 'errno'
  | 'access'
  | 'condition'
  | 'assignment'
  | 'format'
  | 'behaviour'
  | 'command';

export interface Kind<T> {
  readonly kind: ArgumentKind;
  /** Reads what is next, one word or more; never called when there is none. */
  readonly read: (words: Words) => T;
  /** Words that can stand here, where they are few: `all`. */
  readonly choices?: readonly string[];
  /** A word that begins with `-` and is no option may stand here. */
  readonly dashes?: boolean;
}

export interface Argument<T> {
  readonly kind: ArgumentKind;
  readonly label: string;
  readonly optional: boolean;
  readonly repeated: boolean;
  /** Nothing behind it is an option. */
  readonly last: boolean;
  readonly choices: readonly string[];
  readonly dashes: boolean;
  /** `words` is null when the line ends here and the argument is optional. */
  readonly take: (words: Words | null) => T;
}

export interface Option<T> {
  readonly flag: string;
  readonly summary: string;
  /** What follows it; null: nothing. */
  readonly kind: ArgumentKind | null;
  readonly label: string;
  readonly repeated: boolean;
  readonly required: boolean;
  /** `given` are the values it was given, `true` for one that takes none. */
  readonly take: (given: readonly unknown[]) => T;
  readonly read: ((words: Words) => unknown) | null;
}

/** The words of a line, from left to right. */
export class Words {
  readonly #words: readonly Word[];
  #next: number;
  /** Column behind the last word, where a missing one would stand. */
  readonly end: number;

  constructor(words: readonly Word[], next = 0) {
    this.#words = words;
    this.#next = next;
    const last = words[words.length - 1];
    this.end = last === undefined ? 1 : last.column + last.text.length;
  }

  peek(ahead = 0): Word | null {
    return this.#words[this.#next + ahead] ?? null;
  }

  /** The next word; `what` is what the line lacks when there is none. */
  next(what: string): Word {
    const word = this.#words[this.#next];
    if (word === undefined) throw new Misshapen(`${what} is missing`, this.end);
    this.#next += 1;
    return word;
  }

  /** All that are left. */
  rest(): readonly Word[] {
    const rest = this.#words.slice(this.#next);
    this.#next = this.#words.length;
    return rest;
  }

  get left(): number {
    return this.#words.length - this.#next;
  }

  /** `--times=3` as the two words that it stands for. */
  splitAt(flagLength: number): Words {
    const word = this.next('an option');
    const value = { text: word.text.slice(flagLength + 1), column: word.column + flagLength + 1 };
    return new Words([value]);
  }
}

/** A kind that is one word. */
export const word = <T>(
  kind: ArgumentKind,
  read: (word: Word) => T,
  more: Partial<Kind<T>> = {},
): Kind<T> => ({
  ...more,
  kind,
  read: (words) => read(words.next(kind)),
});

interface Shape {
  readonly optional?: boolean;
  readonly repeated?: boolean;
  readonly last?: boolean;
}

const argument = <K, T>(
  kind: Kind<K>,
  label: string,
  shape: Shape,
  take: Argument<T>['take'],
): Argument<T> => ({
  kind: kind.kind,
  label,
  optional: shape.optional ?? false,
  repeated: shape.repeated ?? false,
  last: shape.last ?? false,
  choices: kind.choices ?? [],
  dashes: kind.dashes ?? false,
  take,
});

const needed = (words: Words | null): Words => words ?? new Words([]);

export const one = <T>(kind: Kind<T>, label: string, last = false): Argument<T> =>
  argument(kind, label, { last }, (words) => kind.read(needed(words)));

export const maybe = <T, E>(kind: Kind<T>, label: string, otherwise: E): Argument<T | E> =>
  argument(kind, label, { optional: true }, (words) => (words === null ? otherwise : kind.read(words)));

/** One or more, or as many as there are. `take` is asked once for each. */
export const several = <T>(kind: Kind<T>, label: string, shape: Shape = {}): Argument<readonly T[]> =>
  argument(kind, label, { ...shape, repeated: true }, (words) => (words === null ? [] : [kind.read(words)]));

export const flag = (name: string, summary: string): Option<boolean> => ({
  flag: name,
  summary,
  kind: null,
  label: '',
  repeated: false,
  required: false,
  read: null,
  take: (given) => given.length > 0,
});

export const option = <T, E>(
  name: string,
  kind: Kind<T>,
  label: string,
  otherwise: E,
  summary: string,
): Option<T | E> => ({
  flag: name,
  summary,
  kind: kind.kind,
  label,
  repeated: false,
  required: false,
  read: kind.read,
  take: (given) => (given.length === 0 ? otherwise : (given[0] as T)),
});

export const options = <T>(
  name: string,
  kind: Kind<T>,
  label: string,
  summary: string,
): Option<readonly T[]> => ({
  flag: name,
  summary,
  kind: kind.kind,
  label,
  repeated: true,
  required: false,
  read: kind.read,
  take: (given) => given as readonly T[],
});

type Parts = Readonly<Record<string, Argument<unknown> | Option<unknown>>>;
export type Values<P> = {
  readonly [K in keyof P]: P[K] extends { readonly take: (...args: never[]) => infer T } ? T : never;
};

export interface Signature {
  readonly arguments: readonly Argument<unknown>[];
  readonly options: readonly Option<unknown>[];
}

const isOption = (part: Argument<unknown> | Option<unknown>): part is Option<unknown> => 'flag' in part;

export const signatureOf = (parts: Parts): Signature => ({
  arguments: Object.values(parts).filter((part): part is Argument<unknown> => !isOption(part)),
  options: Object.values(parts).filter(isOption),
});

/** The values of these parts, read from the words behind the command word. Throws a Mistake. */
export function readParts<P extends Parts>(parts: P, words: Words): Values<P> {
  const reader = new PartsReader(parts, words);
  const values: Record<string, unknown> = {};
  for (const name in parts) {
    const part = parts[name];
    if (!isOption(part)) values[name] = reader.argument(part);
  }
  reader.end();
  for (const name in parts) {
    const part = parts[name];
    if (isOption(part)) values[name] = part.take(reader.given(part));
  }
  return values as Values<P>;
}

const NONE: readonly unknown[] = [];

class PartsReader {
  readonly #parts: Parts;
  readonly #words: Words;
  #given: Map<Option<unknown>, unknown[]> | null = null;
  #closed = false;

  constructor(parts: Parts, words: Words) {
    this.#parts = parts;
    this.#words = words;
  }

  given(part: Option<unknown>): readonly unknown[] {
    return this.#given?.get(part) ?? NONE;
  }

  argument(part: Argument<unknown>): unknown {
    this.#takeOptions(part.dashes);
    if (this.#words.left === 0) {
      if (part.optional) return part.take(null);
      throw new Misshapen(`${part.label} is missing`, this.#words.end);
    }
    if (part.last) this.#closed = true;
    const first = part.take(this.#words);
    if (!part.repeated) return first;
    const all = [...(first as readonly unknown[])];
    for (;;) {
      this.#takeOptions(part.dashes);
      if (this.#words.left === 0) return all;
      all.push(...(part.take(this.#words) as readonly unknown[]));
    }
  }

  end(): void {
    this.#takeOptions(false);
    const extra = this.#words.peek();
    if (extra !== null) throw new Misshapen(`'${extra.text}' is one word too many`, extra.column);
  }

  #takeOptions(dashes: boolean): void {
    while (!this.#closed) {
      const word = this.#words.peek();
      if (word === null || word.text.length < 2 || !word.text.startsWith('-')) return;
      if (word.text === '--') {
        this.#words.next('');
        this.#closed = true;
      } else if (!this.#takeOption(word)) {
        if (dashes) return;
        const flags = signatureOf(this.#parts).options.map((each) => each.flag);
        throw new Mistake(`unknown option '${word.text}'${suggestion(word.text, flags)}`, word.column);
      }
    }
  }

  #takeOption(word: Word): boolean {
    for (const name in this.#parts) {
      const part = this.#parts[name];
      if (!isOption(part)) continue;
      if (word.text === part.flag) {
        this.#words.next('');
        this.#give(part, word, part.read === null ? true : part.read(this.#valueIn(part)));
        return true;
      }
      if (part.read !== null && word.text.startsWith(`${part.flag}=`)) {
        this.#give(part, word, part.read(this.#words.splitAt(part.flag.length)));
        return true;
      }
    }
    return false;
  }

  #valueIn(part: Option<unknown>): Words {
    if (this.#words.left === 0) throw new Mistake(`${part.flag} takes ${part.label}`, this.#words.end);
    return this.#words;
  }

  #give(part: Option<unknown>, word: Word, value: unknown): void {
    this.#given ??= new Map();
    const before = this.#given.get(part);
    if (before === undefined) this.#given.set(part, [value]);
    else if (part.repeated) before.push(value);
    else throw new Mistake(`${part.flag} is given twice`, word.column);
  }
}

/** `write FILE TEXT`, `touch SIZE|all [--pattern PATTERN] ...`. */
export function usageOf(command: string, signature: Signature): string {
  const args = signature.arguments.map((part) => {
    const label = part.repeated ? `${part.label}...` : part.label;
    return part.optional ? `[${label}]` : label;
  });
  const opts = signature.options.map((part) => {
    const text = part.kind === null ? part.flag : `${part.flag} ${part.label}`;
    return `${part.required ? text : `[${text}]`}${part.repeated ? '...' : ''}`;
  });
  return [command, ...args, ...opts].join(' ');
}
