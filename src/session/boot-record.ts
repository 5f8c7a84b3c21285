import type { MachineOptions } from '../machine/machine.ts';
import { parseLine } from '../script/vocabulary.ts';
import { quote } from '../script/words.ts';

/** What a journal's first line says of how the machine was booted. */
export interface BootRecord {
  /** No other journal has it. */
  readonly id?: string;
  /** `key=value` as after `machine`. */
  readonly machine: readonly string[];
  /** `own`: memcg's own boot script; else a script of the user's, or none. */
  readonly script: 'own' | 'other' | 'none';
  /** The beginning is not in this journal: it went on from a save state when the journal was lost. */
  readonly cut?: true;
}

const WORD = '#boot ';

export const bootText = (record: BootRecord): string => `${WORD}${JSON.stringify(record)}`;
/** Follows the boot script's commands. */
export const BOOTED = '#booted';
/** Who goes on with the session from here. */
const SERVED = '#memcg ';
export const servedText = (version: string): string => SERVED + version;
/** The last that did, of a journal's lines; null: none of them says so. */
export const lastServedBy = (records: readonly { readonly text: string }[]): string | null =>
  records.findLast(({ text }) => text.startsWith(SERVED))?.text.slice(SERVED.length) ?? null;
/** Somebody was told something at this time: a restore goes at least so far. */
export const MARK = '#mark';
/** What `sh` had in hand was interrupted. */
export const INTERRUPT = '#interrupt';
/** What the last command had in hand was refused in the end. */
const REFUSED = '#refused ';
export const refusedText = (errno: string): string => REFUSED + errno;
/** The errno, or null. */
export const readRefusedText = (text: string): string | null =>
  text.startsWith(REFUSED) ? text.slice(REFUSED.length) : null;
/** The server ended as it should: virtual time is this, whatever was marked. */
export const DOWN = '#down';

/** A line that was refused for the server's budget: the machine has not seen it, nor does a replay look at it. */
export const overBudgetText = (text: string): string => `#over-budget ${text}`;

export function readBootText(text: string): BootRecord | null {
  if (!text.startsWith(WORD)) return null;
  try {
    return JSON.parse(text.slice(WORD.length)) as BootRecord;
  } catch {
    return null;
  }
}

/** What `key=value` words as after `machine` mean, or what is wrong with them. */
export function machineOptions(words: readonly string[]): Partial<MachineOptions> | string {
  if (words.length === 0) return {};
  const parsed = parseLine(quote(['machine', ...words]));
  if (parsed.kind === 'command' && parsed.command.name === 'machine') return parsed.command.options;
  return parsed.kind === 'mistake' ? parsed.mistake.message : 'no option of a machine';
}

/** One word for each key, the later ones having the last word. */
export function withoutRepeats(words: readonly string[]): string[] {
  const byKey = new Map(words.map((word) => [word.slice(0, Math.max(word.indexOf('='), 0)), word]));
  return [...byKey.values()];
}
