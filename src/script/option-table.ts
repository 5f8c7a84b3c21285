import { Mistake } from './mistake.ts';
import type { Word } from './words.ts';

/**
 * The options of a command of the program, each stated once: how it is written, what it is for, what it is when it is
 * not given, and what its text means. The command line, its help and the typed values come from the table.
 */
export interface ProgramOption<T> {
  /** `-j, --jobs <n>`; `--json` and `--no-color` take no value. */
  readonly flags: string;
  readonly about: string;
  /** What it is when it is left out; the help shows it. */
  readonly usual?: string;
  /** The same where `about` says it in words. */
  readonly otherwise?: string;
  /** The environment variable that stands for it. */
  readonly env?: string;
  /** null: it takes no value. May throw a Mistake. */
  readonly read: ((word: Word) => T) | null;
}

/** By the long name, in camelCase. */
export type OptionTable = Readonly<Record<string, ProgramOption<unknown>>>;

/** As they were written; `true` stands for one that takes no value. */
export type Given<T extends OptionTable> = {
  readonly [N in keyof T]?: T[N] extends { readonly read: null } ? boolean : string;
};

/** What they mean; null: not given. */
export type OptionValues<T extends OptionTable> = {
  readonly [N in keyof T]: T[N] extends { readonly read: (word: Word) => infer V }
    ? T[N] extends { readonly usual: string } | { readonly otherwise: string }
      ? V
      : V | null
    : boolean;
};

/** A table whose values keep their types. */
export const optionTable = <const T extends OptionTable>(table: T): T => table;

/** What the options mean that were given. Throws a Mistake that names the option. */
export function readTable<T extends OptionTable>(table: T, given: Given<T>): OptionValues<T> {
  const values = Object.entries(table).map(([name, option]) => {
    const said: string | boolean | undefined = given[name] ?? option.usual ?? option.otherwise;
    if (option.read === null) return [name, said ?? false];
    return [name, said === undefined ? null : readOption(name, option.read, `${said}`)];
  });
  return Object.fromEntries(values);
}

function readOption<T>(name: string, read: (word: Word) => T, text: string): T {
  try {
    return read({ text, column: 0 });
  } catch (error) {
    if (!(error instanceof Mistake) || error.message.startsWith('--')) throw error;
    throw new Mistake(`--${name}: ${error.message}`, 0);
  }
}

/** Throws what is a Mistake: of readers that answer one. */
export function sound<T>(value: T | Mistake): T {
  if (value instanceof Mistake) throw value;
  return value;
}
