import { copyFileSync, existsSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Machine } from '../machine/machine.ts';
import type { TraceOpener } from '../script/traces.ts';
import { BOOTED, bootText, DOWN, MARK, readBootText } from './boot-record.ts';
import { Journal } from './journal.ts';
import { type JournalPart, readJournal } from './journal-reader.ts';
import { KeptTraces } from './kept-traces.ts';
import { machineOptions } from './machine-words.ts';
import { Replayer } from './replayer.ts';
import {
  encodeState,
  readState,
  type SaveState,
  stateName,
  stateNames,
  writeStateSync,
} from './save-state.ts';

/** The file in a session's folder. */
export const JOURNAL = 'journal';

export interface Restored {
  readonly machine: Machine;
  readonly traces: KeptTraces;
  /** Commands in the journal. */
  readonly commands: number;
  /** Up to which virtual time somebody was told something. */
  readonly marked: number;
}

/**
 * A session as it was: the newest sound save state, and what the journal holds after
 * it. What can't be trusted is set aside, and `notice` is told. null: there is nothing.
 */
export async function restore(
  folder: string,
  opener: TraceOpener,
  notice: (text: string) => void,
): Promise<Restored | null> {
  const state = newestState(folder, notice);
  const path = join(folder, JOURNAL);
  let part = readJournal(path, state?.position ?? 0);
  if (state !== null && (part === null || part.sound < 0))
    part = beginAnew(path, state, part !== null, notice);
  if (part === null) return null;
  if (part.sound < part.size) setTailAside(path, part, notice);

  const traces = new KeptTraces(folder, opener, state?.traces ?? []);
  const machine = state === null ? bootedAsBefore(part, path, notice) : Machine.load(state.machine);
  if (machine === null) return null;
  const replayer = new Replayer(machine, traces);
  let last = machine.now as number;
  let marked = 0;
  let commands = state?.commands ?? 0;
  for (const record of part.records) {
    if (record.text === MARK) marked = Math.max(marked, record.time);
    else if (record.text === DOWN) marked = 0;
    if (record.text !== MARK) last = record.time;
    if (!record.text.startsWith('#')) commands += 1;
    await replayer.replay(record);
  }
  await replayer.end(Math.max(last, marked));
  return { machine, traces, commands, marked: Math.ceil(machine.now) };
}

function newestState(folder: string, notice: (text: string) => void): SaveState | null {
  for (const name of stateNames(folder)) {
    const path = join(folder, name);
    const state = readState(path);
    if (state !== null) return state;
    notice(`the save state ${name} is damaged: ${setAside(path)}; an older one was taken`);
  }
  return null;
}

/** The state has more in it than the journal: it is the better witness. */
function beginAnew(
  path: string,
  state: SaveState,
  isThere: boolean,
  notice: (text: string) => void,
): JournalPart {
  const aside = isThere ? `is damaged: ${setAside(path)}` : 'is gone';
  notice(
    `the journal ${aside}; the session goes on from its last save state, and can't be exported from its beginning`,
  );
  const record = bootText({ machine: [], script: 'none', cut: true });
  const journal = new Journal(path, false, (error) => {
    throw error;
  });
  journal.append(Math.ceil(state.machine.state.mm.sched.now), record);
  journal.append(Math.ceil(state.machine.state.mm.sched.now), BOOTED);
  journal.close();
  const { position } = journal;
  const folder = dirname(path);
  const old = stateNames(folder);
  writeStateSync(join(folder, stateName(position)), encodeState({ ...state, position }));
  for (const name of old) if (name !== stateName(position)) rmSync(join(folder, name));
  return { records: [], sound: position, size: position };
}

function setTailAside(path: string, { sound, size }: JournalPart, notice: (text: string) => void): void {
  const aside = unused(`${path}.damaged`);
  copyFileSync(path, aside);
  truncateSync(path, sound);
  notice(
    `the last ${size - sound} bytes of the journal are damaged: they were cut off, and ${aside} has them`,
  );
}

/** null: it was never booted to its end, so nobody was told anything. */
function bootedAsBefore(
  { records }: JournalPart,
  path: string,
  notice: (text: string) => void,
): Machine | null {
  const boot = records.length === 0 ? null : readBootText(records[0].text);
  const options = boot === null ? 'no boot' : machineOptions(boot.machine);
  if (
    boot === null ||
    boot.cut === true ||
    typeof options === 'string' ||
    !records.some(({ text }) => text === BOOTED)
  ) {
    if (records.length > 0) notice(`the journal has no beginning to go on from: ${setAside(path)}`);
    return null;
  }
  return Machine.boot(options);
}

function setAside(path: string): string {
  const aside = unused(`${path}.damaged`);
  renameSync(path, aside);
  return `it is now ${aside}`;
}

function unused(path: string): string {
  if (!existsSync(path)) return path;
  for (let i = 2; ; i += 1) if (!existsSync(`${path}-${i}`)) return `${path}-${i}`;
}
