import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { duration } from '../kernel/numbers.ts';
import { Machine, type MachineOptions } from '../machine/machine.ts';
import type { TraceOpener } from '../script/traces.ts';
import { BOOTED, bootText, DOWN, lastServedBy, MARK, machineOptions, readBootText } from './boot-record.ts';
import { Journal, type JournalPlace } from './journal.ts';
import {
  damageIn,
  JOURNAL,
  type JournalPart,
  type JournalRecord,
  journalId,
  readJournal,
  recordsIn,
} from './journal-line.ts';
import { KeptTraces } from './kept-traces.ts';
import { Replayer, UnknownLine } from './replayer.ts';
import {
  encodeState,
  OtherFormat,
  readState,
  type SaveState,
  stateName,
  stateNames,
  writeWhole,
} from './save-state.ts';
import { SessionError } from './session-error.ts';
import { VERSION } from './version.ts';

export interface Restored {
  readonly machine: Machine;
  readonly traces: KeptTraces;
  /** Where the journal ends now. */
  readonly place: JournalPlace;
  /** Commands in the journal. */
  readonly commands: number;
  /** Up to which virtual time somebody was told something. */
  readonly marked: number;
}

/**
 * A session as it was: the newest sound save state, and what the journal holds after it. What can't be trusted is
 * set aside, and `notice` is told. null: there is nothing. Rejects with a SessionError where only another memcg can go on.
 */
export async function restore(
  folder: string,
  opener: TraceOpener,
  notice: (text: string) => void,
): Promise<Restored | null> {
  const path = join(folder, JOURNAL);
  let journal = readJournal(path);
  let state = newestState(folder, journal, notice);
  if (state !== null && (journal === null || journal.length < state.position))
    ({ journal, state } = await beginAnew(path, state, journal !== null, notice));
  if (journal === null) return null;
  const damage = state === null ? null : coveredDamage(state, journal, path);
  if (damage !== null) notice(damage);
  const part = recordsIn(journal, state?.position ?? 0);
  if (part.sound < journal.length) setTailAside(path, part.sound, journal.length, notice);

  const traces = new KeptTraces(folder, opener, state?.traces ?? []);
  const machine =
    state === null ? bootedAsBefore(journal, part, folder, notice) : Machine.load(state.machine);
  if (machine === null) return null;
  const commands = await replay(machine, journal, part, traces, folder, notice);
  const tail = journal.subarray(state?.position ?? 0, part.sound);
  const place = {
    journal: journalId(journal),
    position: part.sound,
    checksum: crc32(tail, state?.checksum ?? 0),
  };
  return {
    machine,
    traces,
    place,
    commands: commands + (state?.commands ?? 0),
    marked: Math.ceil(machine.now),
  };
}

/** Does again what a journal holds, and goes on to when somebody was told something last. Resolves with its commands. */
async function replay(
  machine: Machine,
  journal: Buffer,
  { records }: JournalPart,
  traces: KeptTraces,
  folder: string,
  notice: (text: string) => void,
): Promise<number> {
  let same = true;
  const replayer = new Replayer(machine, traces, ({ time, text }) => {
    if (same)
      notice(
        `the journal says otherwise of what \`${text}\` came to: since ${duration(time)} of virtual time the session is not what it was`,
      );
    same = false;
  });
  let last = machine.now as number;
  let marked = 0;
  let commands = 0;
  for (const record of records) {
    if (record.text === MARK) marked = Math.max(marked, record.time);
    else if (record.text === DOWN) marked = 0;
    if (record.text !== MARK) last = record.time;
    if (!record.text.startsWith('#')) commands += 1;
    try {
      await replayer.replay(record);
    } catch (error) {
      if (!(error instanceof UnknownLine)) throw error;
      throw new SessionError(
        'version',
        `memcg ${VERSION} does not know a line of ${join(folder, JOURNAL)}: \`${record.text}\`: ${writerOf(journal)} wrote it: ${elsewhere(folder)}`,
      );
    }
  }
  await replayer.end(Math.max(last, marked));
  return commands;
}

const writerOf = (journal: Buffer): string => {
  const version = lastServedBy(recordsIn(journal).records);
  return version === null ? 'a newer one' : `memcg ${version}`;
};

function newestState(
  folder: string,
  journal: Buffer | null,
  notice: (text: string) => void,
): SaveState | null {
  let other: string | null = null;
  for (const name of stateNames(folder)) {
    const path = join(folder, name);
    const state = readState(path);
    if (state instanceof OtherFormat) {
      if (!isWhole(journal, state.position))
        throw new SessionError(
          'version',
          `${path} is ${state}, and no sound journal is beside it: ${elsewhere(folder)}`,
        );
      other ??= `${name} is ${state}: the session was restored from its journal`;
    } else if (state !== null && isOf(state, journal)) return state;
    else {
      const fault = state === null ? 'is damaged' : 'belongs to another journal';
      notice(`the save state ${name} ${fault}: ${setAside(path)}; an older one was taken`);
    }
  }
  if (other !== null) notice(other);
  return null;
}

const elsewhere = (folder: string): string => `go on with that memcg, or move ${folder} away to begin anew`;

/** Whether a session can be done again from it, at least up to this byte. */
export function isWhole(journal: Buffer | null, position: number): boolean {
  if (journal === null) return false;
  const { records, sound } = recordsIn(journal);
  return sound >= position && beginningOf(records) !== null;
}

/** What it goes on from, it must have been in: an end that is lost and lines that are damaged don't speak against it. */
function isOf(state: SaveState, journal: Buffer | null): boolean {
  if (journal === null) return true;
  const { journal: id, position, checksum } = state;
  const found = journalId(journal);
  if (id !== null && found !== null && id !== found) return false;
  if (journal.length < position) return true;
  return crc32(journal.subarray(0, position)) === checksum || coveredDamage(state, journal, '') !== null;
}

/** What is wrong with the lines that a state has in it; null: nothing. */
function coveredDamage({ position, checksum }: SaveState, journal: Buffer, path: string): string | null {
  const covered = journal.subarray(0, position);
  return crc32(covered) === checksum ? null : damageIn(covered, path);
}

/** The state has more in it than the journal: it is the better witness. */
async function beginAnew(
  path: string,
  state: SaveState,
  isThere: boolean,
  notice: (text: string) => void,
): Promise<{ readonly journal: Buffer; readonly state: SaveState }> {
  const aside = isThere ? `is damaged: ${setAside(path)}` : 'is gone';
  notice(
    `the journal ${aside}; the session goes on from its last save state, and can't be exported from its beginning`,
  );
  const now = Math.ceil(state.machine.state.mm.sched.now);
  const journal = new Journal(path, false, (error) => {
    throw error;
  });
  journal.append(now, bootText({ id: randomUUID(), machine: [], script: 'none', cut: true }));
  journal.append(now, BOOTED);
  journal.close();
  const anew = { ...state, ...journal.place };
  const folder = dirname(path);
  const old = stateNames(folder);
  await writeWhole(join(folder, stateName(anew.position)), encodeState(anew));
  for (const name of old) if (name !== stateName(anew.position)) rmSync(join(folder, name));
  return { journal: readFileSync(path), state: anew };
}

function setTailAside(path: string, sound: number, size: number, notice: (text: string) => void): void {
  const aside = unused(`${path}.damaged`);
  copyFileSync(path, aside);
  truncateSync(path, sound);
  notice(
    `the last ${size - sound} bytes of the journal are damaged: they were cut off, and ${aside} has them`,
  );
}

/** null: it was never booted to its end, so nobody was told anything. */
function bootedAsBefore(
  journal: Buffer,
  { records }: JournalPart,
  folder: string,
  notice: (text: string) => void,
): Machine | null {
  const path = join(folder, JOURNAL);
  const options = beginningOf(records);
  if (typeof options === 'string')
    throw new SessionError(
      'version',
      `memcg ${VERSION} does not know the machine of ${path}: ${options}: ${writerOf(journal)} wrote it: ${elsewhere(folder)}`,
    );
  if (options !== null) return Machine.boot(options);
  if (records.length > 0) notice(`the journal has no beginning to go on from: ${setAside(path)}`);
  return null;
}

/** How the machine was booted of which this is the whole history, or what is wrong with that; null: it is not whole. */
function beginningOf(records: readonly JournalRecord[]): Partial<MachineOptions> | string | null {
  const boot = records.length === 0 ? null : readBootText(records[0].text);
  if (boot === null || boot.cut === true || !records.some(({ text }) => text === BOOTED)) return null;
  return machineOptions(boot.machine);
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
