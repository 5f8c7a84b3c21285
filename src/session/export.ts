import { quote, splitWords } from '../script/words.ts';
import { BOOTED, type BootRecord, INTERRUPT, readBootText, readRefusedText } from './boot-record.ts';
import { recordsIn } from './journal-line.ts';
import { keptPath } from './kept-traces.ts';
import type { Exported, ExportParams } from './protocol.ts';

/** Commands in one part. */
const PART = 20_000;

/**
 * A session as a script that `replay` runs to the same state: each command at its
 * virtual time, none of which waits for anything, and in the end the present.
 */
export function exportPart(
  journal: Buffer,
  folder: string,
  { since, from }: ExportParams,
  now: number,
): Exported {
  const { records } = recordsIn(journal);
  const boot = records.length === 0 ? null : readBootText(records[0].text);
  const booted = records.findIndex(({ text }) => text === BOOTED);
  const lines: string[] = [];
  let at = from;
  if (from === 0) {
    lines.push(...heading(boot, since));
    // replay runs memcg's own boot script by itself.
    at = boot?.script === 'own' ? booted + 1 : 1;
  }
  /** Where the last command stands in `lines`. */
  let command = -1;
  let last = from === 0 ? 0 : (records[from - 1]?.time ?? 0);
  let end = Math.min(records.length, at + PART);
  // What a command came to belongs to its part.
  while (end < records.length && records[end].text.startsWith('#')) end += 1;
  for (; at < end; at += 1) {
    const { time, text } = records[at];
    const errno = readRefusedText(text);
    if (errno !== null && command >= 0) lines[command] = `fails ${errno} ${lines[command]}`;
    if (text === INTERRUPT) lines.push('# interrupted here: from now on a replay differs');
    if (text.startsWith('#') || time < since) continue;
    if (time > last) lines.push(`at ${time}ns`);
    last = Math.max(last, time);
    command = lines.push(withSource(text, folder)) - 1;
  }
  if (at < records.length) return { text: ended(lines), next: at };
  if (now > last) lines.push(`at ${now}ns`);
  return { text: ended(lines), next: null };
}

function heading(boot: BootRecord | null, since: number): string[] {
  const lines = ['# A session of memcg.'];
  if (boot?.cut === true) lines.push('# Its beginning is lost: a replay comes to another state.');
  else if (since > 0) lines.push('# Its beginning is left out: a replay comes to another state.');
  if (boot?.script !== 'own') lines.push('# Run it with: memcg replay --bare');
  if (boot !== null && boot.machine.length > 0) lines.push(quote(['machine', ...boot.machine]));
  return lines;
}

/** A kept trace by its full path. */
function withSource(text: string, folder: string): string {
  if (!text.includes(' trace ')) return text;
  const words = splitWords(text).map((word) => word.text);
  const verb = words[0] === 'fails' ? 2 : 0;
  if (words[verb] !== 'start' || words[verb + 2] !== 'trace') return text;
  const path = verb + 3;
  return quote([...words.slice(0, path), keptPath(folder, words[path]), ...words.slice(path + 1)]);
}

const ended = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
