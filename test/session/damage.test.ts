import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/session/journal-line.ts';
import { stateNames } from '../../src/session/save-state.ts';
import { SessionError } from '../../src/session/session-error.ts';
import { Folder, type Opened, openIn, runAll } from './sessions.ts';

/** Folders that somebody damages by hand: whatever was done to them is said in one sentence, and nothing is taken for what it is not. */

const LINES = ['mkdir /a', 'spawn t /a', 'run t stream f 256K', 'mkdir /b'];

/** A session's folder as `down` leaves it. */
async function kept(folder: Folder, name: string, lines: readonly string[] = LINES): Promise<string> {
  const { session } = await openIn(folder.at(name), { boot: null, machine: ['memory=1M', 'cpus=1'] });
  await runAll(session, lines);
  await session.close();
  return folder.at(name);
}

const isSentence = (text: string): boolean =>
  /^\S.*[^\n]$/.test(text) && !/\n|undefined|\[object| at .*\.ts:/.test(text);

/** What was said when it was opened, and what is there; null: it was refused. */
async function said(path: string): Promise<{ told: readonly string[]; cgroups: readonly string[] | null }> {
  let opened: Opened;
  try {
    opened = await openIn(path);
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    return { told: [error.message], cgroups: null };
  }
  const { session, notices } = opened;
  const cgroups = session.live.machine.cgroups();
  await session.close();
  return { told: notices, cgroups };
}

/** Does this to a copy of the folder, and opens it. */
async function damaged(folder: Folder, from: string, act: (path: string) => void): ReturnType<typeof said> {
  const path = folder.at('copy');
  rmSync(path, { recursive: true, force: true });
  cpSync(from, path, { recursive: true });
  act(path);
  return said(path);
}

const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file);
  bytes[at] ^= 1 << (at % 8);
  writeFileSync(file, bytes);
};

describe('a folder of a session in which somebody', () => {
  test.each([
    { with: 'a save state', states: true },
    { with: 'no save state', states: false },
  ])(
    'has flipped any byte of the journal beside $with is told of in a sentence',
    async ({ states }) => {
      using folder = new Folder();
      const path = await kept(folder, 's');
      if (!states) for (const name of stateNames(path)) rmSync(`${path}/${name}`);
      const { length } = readFileSync(`${path}/journal`);
      for (let at = 0; at < length; at += states ? 5 : 1) {
        const { told, cgroups } = await damaged(folder, path, (copy) => flip(`${copy}/journal`, at));
        expect(told.length, `byte ${at}`).toBeGreaterThan(0);
        expect(
          told.filter((text) => !isSentence(text)),
          `byte ${at}`,
        ).toEqual([]);
        if (states) expect(cgroups, `byte ${at}`).toEqual(['/', '/a', '/b']);
      }
    },
    600_000,
  );

  test('has flipped any 100th byte of a save state is told of, and is restored to what it was', async () => {
    using folder = new Folder();
    const path = await kept(folder, 's');
    const [name] = stateNames(path);
    const { length } = readFileSync(`${path}/${name}`);
    for (let at = 0; at < length; at += 100) {
      const { told, cgroups } = await damaged(folder, path, (copy) => flip(`${copy}/${name}`, at));
      expect(told.join('\n'), `byte ${at}`).toMatch(
        /^the save state state-\d+ is damaged: it is now .*; an older one was taken$/,
      );
      expect(cgroups, `byte ${at}`).toEqual(['/', '/a', '/b']);
    }
  }, 600_000);

  test.each(['the same commands', 'other commands'])(
    'has put the save states of another session with %s is told of, and has its own groups',
    async (which) => {
      using folder = new Folder();
      const path = await kept(folder, 's');
      const other = await kept(folder, 'other', which === 'other commands' ? ['mkdir /of-another'] : LINES);
      const { told, cgroups } = await damaged(folder, path, (copy) => {
        for (const name of stateNames(copy)) rmSync(`${copy}/${name}`);
        for (const name of stateNames(other)) cpSync(`${other}/${name}`, `${copy}/${name}`);
      });
      expect(told).toEqual([
        expect.stringMatching(/^the save state state-\d+ belongs to another journal: it is now /),
      ]);
      expect(cgroups).toEqual(['/', '/a', '/b']);
    },
  );

  test('has put the journal of another session is told of', async () => {
    using folder = new Folder();
    const path = await kept(folder, 's');
    const other = await kept(folder, 'other', ['mkdir /of-another']);
    const { told, cgroups } = await damaged(folder, path, (copy) =>
      cpSync(`${other}/journal`, `${copy}/journal`),
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((text) => !isSentence(text))).toEqual([]);
    expect(cgroups).toEqual(['/', '/of-another']);
  });

  test.each([
    ['a command', 'levitate /a'],
    ['an option of a command', 'mkdir --levitating /c'],
    ['a behaviour', 'start t levitate f'],
  ])(
    'of a newer memcg has written %s that this one does not know is refused, with its version and the way on',
    async (_, line) => {
      using folder = new Folder();
      const path = await kept(folder, 's');
      const { told, cgroups } = await damaged(folder, path, (copy) => {
        for (const name of stateNames(copy)) rmSync(`${copy}/${name}`);
        writeFileSync(`${copy}/journal`, encodeRecord(3e9, '#memcg 99.0.0') + encodeRecord(3e9, line), {
          flag: 'a',
        });
      });
      expect(cgroups).toBeNull();
      expect(told).toEqual([
        expect.stringMatching(/memcg 99\.0\.0 wrote it: go on with that memcg, or move .* away/),
      ]);
    },
  );

  test('has renamed, emptied or replaced any of its files is told of, or has lost nothing', async () => {
    using folder = new Folder();
    const path = await kept(folder, 's');
    for (const name of readdirSync(path)) {
      const acts: Record<string, (file: string) => void> = {
        removed: (file) => rmSync(file),
        emptied: (file) => writeFileSync(file, ''),
        filled: (file) => writeFileSync(file, 'nonsense\n'.repeat(100)),
        cut: (file) => writeFileSync(file, readFileSync(file).subarray(0, 100)),
        renamed: (file) => renameSync(file, `${file}0`),
      };
      for (const [how, act] of Object.entries(acts)) {
        const { told, cgroups } = await damaged(folder, path, (copy) => act(`${copy}/${name}`));
        expect(
          told.filter((text) => !isSentence(text)),
          `${name} ${how}`,
        ).toEqual([]);
        if (told.length === 0) expect(cgroups, `${name} ${how}`).toEqual(['/', '/a', '/b']);
      }
    }
  });
});
