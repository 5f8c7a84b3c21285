import type { Command } from './command.ts';
import { Misshapen, Mistake } from './mistake.ts';
import {
  type Argument,
  type Option,
  readParts,
  type Signature,
  signatureOf,
  usageOf,
  type Values,
  type Words,
} from './signature.ts';

export type Family =
  | 'files'
  | 'tasks'
  | 'processes'
  | 'behaviours'
  | 'world'
  | 'time'
  | 'faults'
  | 'checks'
  | 'script';

/** A word of the language: what it takes, what it is for, and how its line is read. */
export interface Entry<T = Command> {
  readonly word: string;
  readonly aliases: readonly string[];
  readonly family: Family;
  /** One line, no full stop. */
  readonly summary: string;
  /** A line that works as it stands after the boot script. */
  readonly example: string;
  readonly signature: Signature;
  /** The words behind this one. Throws a Mistake; `column` is this word's. */
  readonly parse: (words: Words, column: number) => T;
}

type Parts = Readonly<Record<string, Argument<unknown> | Option<unknown>>>;

interface Spec<P extends Parts, T> {
  readonly word: string;
  readonly aliases?: readonly string[];
  readonly family: Family;
  readonly summary: string;
  readonly example: string;
  /** Arguments in their order, and options. */
  readonly parts: P;
  readonly build: (values: Values<P>, column: number) => T;
}

export function entry<P extends Parts, T = Command>(spec: Spec<P, T>): Entry<T> {
  const { word, aliases = [], family, summary, example, parts, build } = spec;
  const signature = signatureOf(parts);
  const parse = (words: Words, column: number): T => {
    try {
      return build(readParts(parts, words), column);
    } catch (error) {
      if (!(error instanceof Misshapen)) throw error;
      throw new Mistake(`${error.message}: ${usageOf(word, signature)}`, error.column);
    }
  };
  return { word, aliases, family, summary, example, signature, parse };
}
