import type { MachineOptions } from '../machine/machine.ts';
import { parseLine } from '../script/vocabulary.ts';
import { quote } from '../script/words.ts';

/** `key=value` words as after `machine`. */

/** What they mean, or what is wrong with them. */
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
