import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readSaveFile, unpackSaveFile } from '../../src/session/save-file.ts';
import type { Session } from '../../src/session/session.ts';
import { Folder, openIn, runAll } from './sessions.ts';

/**
 * What earlier versions have kept, in `of-before`: two session folders and a saved session of memcg 0.1.0 as
 * it was on the day when save states had format 5. `rfc` was ended by kill -9 after its state, `alinux` by down.
 * `expected.json` is what that memcg had restored from each.
 */

const BEFORE = fileURLToPath(new URL('of-before', import.meta.url));

interface Found {
  readonly now: number;
  readonly cgroups: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly tasks: readonly string[];
}
const EXPECTED = JSON.parse(readFileSync(join(BEFORE, 'expected.json'), 'utf8')) as Readonly<
  Record<'rfc' | 'alinux' | 'saved', Found>
>;

/** A session folder of before as it was: `change` is given each file's name and bytes; null: it is left out. */
function unpack(name: string, to: string, change: (name: string, bytes: Buffer) => Buffer | null): void {
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(join(BEFORE, name))) {
    const bytes = readFileSync(join(BEFORE, name, file));
    const own = file.replace(/\.gz$/, '');
    const changed = change(own, own === file ? bytes : gunzipSync(bytes));
    if (changed !== null) writeFileSync(join(to, own), changed);
  }
}

const asItWas = (_: string, bytes: Buffer): Buffer => bytes;

function savedFile(folder: Folder): string {
  writeFileSync(folder.at('saved'), gunzipSync(readFileSync(join(BEFORE, 'saved.gz'))));
  return folder.at('saved');
}

/** The same of a machine of today: the files that there were then. */
function found({ live: { machine } }: Session, { cgroups }: Found): Found {
  const read = (path: string): string => {
    const value = machine.read(path);
    return value.ok ? value.value : value.errno;
  };
  const files = Object.entries(cgroups).map(([cgroup, texts]) => [
    cgroup,
    Object.fromEntries(Object.keys(texts).map((file) => [file, read(join(cgroup, file))])),
  ]);
  expect(machine.cgroups()).toEqual(Object.keys(cgroups));
  const tasks = machine
    .tasks()
    .map((task) => `${task.name} ${task.cgroup} ${task.behaviour ?? 'idle'} ${task.nice}`);
  return { now: machine.now, cgroups: Object.fromEntries(files), tasks };
}

describe('a session of before', () => {
  test.each(['rfc', 'alinux'] as const)(
    'with policy %s goes on from its journal to the same state',
    async (name) => {
      using folder = new Folder();
      unpack(name, folder.at('s'), asItWas);
      const { session, notices } = await openIn(folder.at('s'));
      session.live.clock.setPaused(true, session.live.machine.now);
      expect(found(session, EXPECTED[name])).toEqual(EXPECTED[name]);
      expect(notices).toEqual([
        expect.stringMatching(/format 5, where memcg \S+ has format \d+: .* from its journal$/),
      ]);
      await runAll(session, ['mkdir later']);
      await session.close();
      const again = await openIn(folder.at('s'));
      expect(again.notices).toEqual([]);
      expect(again.session.live.machine.cgroups()).toContain('/later');
      await again.session.close();
    },
  );

  test.each([
    ['has no journal', (_: string, bytes: Buffer, isJournal: boolean) => (isJournal ? null : bytes)],
    [
      'has lost the end of it',
      (_: string, bytes: Buffer, isJournal: boolean) => (isJournal ? bytes.subarray(0, 400) : bytes),
    ],
    [
      'has a damaged one',
      (_: string, bytes: Buffer, isJournal: boolean) =>
        isJournal ? Buffer.from(bytes.toString().replace('mkdir /web', 'mkdir /wfb')) : bytes,
    ],
  ])('that %s is refused in a sentence that names the version, and left as it is', async (_, change) => {
    using folder = new Folder();
    unpack('rfc', folder.at('s'), (name, bytes) => change(name, bytes, name === 'journal'));
    const before = readdirSync(folder.at('s'));
    await expect(openIn(folder.at('s'))).rejects.toThrow(
      /^\S+state-\d+ is a save state in format 5, where memcg \S+ has format \d+, and no sound journal .*: go on with that memcg, or move \S+ away to begin anew$/,
    );
    expect(readdirSync(folder.at('s'))).toEqual(before);
  });

  test('that was saved is loaded, and goes on from its journal to the same state', async () => {
    using folder = new Folder();
    await unpackSaveFile(savedFile(folder), folder.at('s'));
    const { session, notices } = await openIn(folder.at('s'));
    session.live.clock.setPaused(true, session.live.machine.now);
    expect(found(session, EXPECTED.saved)).toEqual(EXPECTED.saved);
    expect(notices).toEqual([]);
    await session.close();
  });

  test('that was saved without its beginning is refused in a sentence that names the version', () => {
    using folder = new Folder();
    const path = savedFile(folder);
    const bytes = readFileSync(path);
    const end = bytes.indexOf(10);
    const header = JSON.parse(bytes.toString('utf8', 0, end)) as { journal: number; crc32: number };
    const cut = { ...header, journal: 0, crc32: 0 };
    const state = bytes.subarray(end + 1 + header.journal);
    writeFileSync(path, Buffer.concat([Buffer.from(`${JSON.stringify(cut)}\n`), state]));
    expect(() => readSaveFile(path)).toThrow(
      /format 5, where memcg \S+ has format \d+, .*: load it with that memcg$/,
    );
  });
});
