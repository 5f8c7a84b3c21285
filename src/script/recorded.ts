import type { Command } from './command.ts';

/**
 * Recordings of before `spawn --rereads` are known by what their heads say, and what they did not see of a
 * program is unknown all the same.
 */

const STATE = /^# State: (?:completed|cut short)$/;

/** By the lines that it begins with: `record` made it. What has a `--rereads` of its own goes by that. */
export function isOldRecording(lines: readonly string[]): boolean {
  if (!STATE.test(lines[0] ?? '')) return false;
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const head = lines.slice(0, end < 0 ? lines.length : end).map((line) => line.replace(/^# */, ''));
  return head.join(' ').includes(', recorded by memcg record');
}

/** A command of such a script. */
export const unsaid = (command: Command): Command =>
  command.name === 'spawn' && command.rereads === null ? { ...command, rereads: 'unknown' } : command;
