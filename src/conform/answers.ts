import { ERRNO_NUMBER } from '../kernel/errno-number.ts';
import type { Result } from '../machine/machine.ts';
import type { AllowanceName } from './allowances.ts';
import { Inexpressible } from './front.ts';
import type { Answer, RecordedLine, Skipped, Value } from './kind.ts';

/** What a value may be instead of the recorded one, and why; null: nothing else. */
export type Allow = (recorded: Value, found: Value) => AllowanceName | null;

/** Collects the answers of one run. */
export class Answers {
  readonly answers: Answer[] = [];
  readonly skipped: Skipped[] = [];

  /** Held to be equal, or to what `allow` allows. */
  compare(name: string, field: string, recorded: Value, found: Value, allow: Allow | null = null): void {
    if (JSON.stringify(recorded) === JSON.stringify(found)) {
      this.answers.push({ case: name, field, recorded, found, agrees: true });
      return;
    }
    const allowance = allow === null ? null : allow(recorded, found);
    const base = { case: name, field, recorded, found };
    this.answers.push(allowance === null ? { ...base, agrees: false } : { ...base, agrees: true, allowance });
  }

  /** Not held to anything. */
  allow(name: string, field: string, recorded: Value, found: Value, allowance: AllowanceName): void {
    this.answers.push({ case: name, field, recorded, found, agrees: true, allowance });
  }

  skip(line: RecordedLine, why: string): void {
    this.skipped.push({ line: line.number, why });
  }

  /** False: what the line asks can't be said through this front, and it is skipped. */
  orSkip(line: RecordedLine, ask: () => void): boolean {
    try {
      ask();
      return true;
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      this.skip(line, error.message);
      return false;
    }
  }
}

/** The name of the errno, or `ok`. */
export const resultName = (result: Result<unknown>): string => (result.ok ? 'ok' : result.errno);

/** What the system call returned: `count` when all went well, else the negative errno. */
export const returned = (result: Result<unknown>, count = 0): number =>
  result.ok ? count : -ERRNO_NUMBER[result.errno];

export const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
export const numberOf = (value: Value | undefined): number =>
  typeof value === 'number' ? value : Number.NaN;
export const isRecord = (value: Value | undefined): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A character of a recording stands for one byte. */
export const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** The fields for which a second run of the same kernel answered something else. */
export function secondRun(line: RecordedLine): (field: string) => boolean {
  const { run2 } = line.fields;
  return (field) => isRecord(run2) && Object.hasOwn(run2, field);
}
