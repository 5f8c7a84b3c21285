import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Machine } from '../../src/machine/machine.ts';
import { encodeRecord, recordsIn } from '../../src/session/journal-line.ts';
import { Folder, openIn, run, runAll } from './sessions.ts';

const HISTORY = [
  'write high_wmark_in_bytes 64M',
  'spawn reader',
  'start reader stream data.img 256M',
  'mkdir web',
];

/** As kill -9 leaves it: nothing is closed. */
async function killed(folder: string, lines: readonly string[]): Promise<{ now: number; machine: Machine }> {
  const { session } = await openIn(folder);
  await runAll(session, lines);
  session.live.clock.setPaused(true, session.live.machine.now);
  await session.live.whenSettled();
  const machine = Machine.load(session.live.machine.save());
  session.live.close();
  return { now: machine.now, machine };
}

const files = (folder: string): string[] => readdirSync(folder).sort();

describe('a session that was killed', () => {
  test('has counted its faults as far as they were met', async () => {
    using folder = new Folder();
    await killed(folder.at('s'), [
      'fault failcnt EBUSY --times 3 --after 1',
      'cat failcnt',
      'fails EBUSY cat failcnt',
      'fails EBUSY write failcnt 0',
    ]);
    const { session, notices } = await openIn(folder.at('s'));
    expect((await run(session, 'faults')).output).toMatch(/^default\/memory.failcnt +EBUSY +both +0 +1$/m);
    expect((await run(session, 'cat failcnt')).failure?.errno).toBe('EBUSY');
    expect([(await run(session, 'cat failcnt')).output, notices]).toEqual(['0\n', []]);
    await session.close();
  });

  test('is restored to the state that it would have by now', async () => {
    using folder = new Folder();
    const { now, machine } = await killed(folder.at('s'), HISTORY);
    const { session, notices } = await openIn(folder.at('s'));
    session.live.clock.setPaused(true, session.live.machine.now);
    expect(session.live.machine.now).toBeGreaterThanOrEqual(now);
    machine.run(session.live.machine.now);
    expect(session.live.machine.save()).toEqual(machine.save());
    expect(notices).toEqual([]);
    await session.close();
  });

  test('goes on from a save state as well as from its beginning', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, HISTORY);
    await session.close();
    const { machine } = await killed(folder.at('s'), [
      'set web low_wmark_in_bytes=2M high_wmark_in_bytes=4M limit_in_bytes=8M',
      'spawn other web',
    ]);
    for (const name of files(folder.at('s')).filter((each) => each.startsWith('state-')))
      rmSync(join(folder.at('s'), name));
    const again = await openIn(folder.at('s'));
    again.session.live.clock.setPaused(true, again.session.live.machine.now);
    machine.run(again.session.live.machine.now);
    expect(again.session.live.machine.save()).toEqual(machine.save());
    await again.session.close();
  });

  test('that has little to do again writes no save state for it: who waits for an answer waits for no disk', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, HISTORY);
    await session.close();
    await killed(folder.at('s'), ['mkdir other']);
    const before = files(folder.at('s'));
    await killed(folder.at('s'), ['mkdir another']);
    expect(files(folder.at('s'))).toEqual(before);
  });

  test('is not later than told when it was ended as it should', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    session.live.clock.setPaused(true, session.live.machine.now);
    await run(session, 'cat usage_in_bytes');
    const { now } = session.live.machine;
    await session.close();
    const again = await openIn(folder.at('s'));
    expect(again.session.live.machine.now - now).toBeLessThan(1e9);
    await again.session.close();
  });
});

describe('a journal', () => {
  /** What it holds, written anew with sound checksums. */
  function rewrite(folder: string, change: (text: string) => readonly string[]): void {
    const path = join(folder, 'journal');
    const { records } = recordsIn(readFileSync(path));
    const lines = records.flatMap(({ time, text }) => change(text).map((line) => encodeRecord(time, line)));
    writeFileSync(path, lines.join(''));
  }

  test.each([
    [
      'a command that this memcg does not know',
      (path: string) => {
        appendFileSync(path, encodeRecord(9e9, '#memcg 9.8.7') + encodeRecord(9e9, 'frobnicate /web'));
      },
      /^memcg \S+ does not know a line of \S+journal: `frobnicate \/web`: memcg 9\.8\.7 wrote it: go on with that memcg, or move \S+ away to begin anew$/,
    ],
    [
      'a machine that it does not know',
      (path: string) => {
        rewrite(dirname(path), (text) => [text.replace('"machine":[]', '"machine":["policy=better"]')]);
      },
      /^memcg \S+ does not know the machine of \S+journal: .*better.*: memcg \S+ wrote it: go on with that memcg, or move \S+ away to begin anew$/,
    ],
  ])(
    'with %s is refused in a sentence that names the version, and left as it is',
    async (_, change, sentence) => {
      using folder = new Folder();
      await killed(folder.at('s'), HISTORY);
      change(join(folder.at('s'), 'journal'));
      const before = readFileSync(join(folder.at('s'), 'journal'));
      for (let i = 0; i < 2; i += 1) await expect(openIn(folder.at('s'))).rejects.toThrow(sentence);
      expect(readFileSync(join(folder.at('s'), 'journal'))).toEqual(before);
      expect(files(folder.at('s'))).toEqual(['journal']);
    },
  );

  test.each([
    ['mkdir /web', 'fails EEXIST mkdir /web'],
    ['write /default/memory.high_wmark_in_bytes 64M', 'write /default/memory.high_wmark_in_bytes 1T'],
    ['fails ENOENT rmdir /nowhere', 'rmdir /nowhere'],
    ['fails ENOENT rmdir /nowhere', 'fails EBUSY rmdir /nowhere'],
    ['sync', 'sync', '#refused EBUSY'],
  ])('that says of %s what does not come out is told of once', async (was, ...says) => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, HISTORY);
    await run(session, 'rmdir nowhere');
    await runAll(session, ['spawn writer', 'run writer stream out.img 4M --write', 'sync']);
    session.live.clock.setPaused(true, session.live.machine.now);
    session.live.close();
    rewrite(folder.at('s'), (text) => (text === was ? says : [text]));
    const again = await openIn(folder.at('s'));
    expect(again.notices).toEqual([
      expect.stringMatching(
        /^the journal says otherwise of what `.*` came to: since \S+ .*the session is not what it was$/,
      ),
    ]);
    await again.session.close();
    const third = await openIn(folder.at('s'));
    expect(third.notices).toEqual([]);
    await third.session.close();
  });
});

describe('what is damaged', () => {
  test('a torn last line is cut off, set aside and told', async () => {
    using folder = new Folder();
    await killed(folder.at('s'), HISTORY);
    const journal = join(folder.at('s'), 'journal');
    appendFileSync(journal, 'deadbeef 99 mkdir /to');
    const { session, notices } = await openIn(folder.at('s'));
    expect(notices).toEqual([expect.stringMatching(/the last 21 bytes of the journal are damaged/)]);
    expect(readFileSync(`${journal}.damaged`, 'utf8')).toContain('mkdir /to');
    expect(session.live.machine.cgroups()).toEqual(['/', '/default', '/web']);
    await session.close();
    const again = await openIn(folder.at('s'));
    expect(again.notices).toEqual([]);
    await again.session.close();
  });

  test('behind a flipped byte nothing is trusted and nothing is thrown away', async () => {
    using folder = new Folder();
    await killed(folder.at('s'), HISTORY);
    const journal = join(folder.at('s'), 'journal');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.replace('mkdir /web', 'mkdir /wfb'));
    const { session, notices } = await openIn(folder.at('s'));
    expect(notices).toHaveLength(1);
    expect(session.live.machine.cgroups()).toEqual(['/', '/default']);
    expect(readFileSync(`${journal}.damaged`, 'utf8')).toContain('mkdir /wfb');
    await session.close();
  });

  test.each([
    ['flipped', (path: string) => flip(path)],
    ['cut', (path: string) => truncateSync(path, 100)],
    ['emptied', (path: string) => truncateSync(path, 0)],
  ])('a save state that was %s is set aside for what the journal says', async (_, damage) => {
    using folder = new Folder();
    const first = await openIn(folder.at('s'));
    await runAll(first.session, HISTORY);
    await first.session.close();
    const states = files(folder.at('s')).filter((name) => name.startsWith('state-'));
    for (const name of states) damage(join(folder.at('s'), name));
    const { session, notices } = await openIn(folder.at('s'));
    expect(notices).toHaveLength(states.length);
    expect(files(folder.at('s'))).toContain(`${states[0]}.damaged`);
    expect(session.live.machine.cgroups()).toEqual(['/', '/default', '/web']);
    await session.close();
  });

  /** A line that a save state covers is not read to go on from it. */
  test('a save state in whose first line any bit has flipped is not gone on from', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'), { boot: null, machine: ['memory=16M'] });
    await runAll(session, ['mkdir /a', 'mkdir /b', 'rmdir /a']);
    await session.close();
    const name = files(folder.at('s')).find((each) => each.startsWith('state-')) ?? '';
    const bytes = readFileSync(folder.at(`s/${name}`));
    for (let at = 0; at < bytes.indexOf(10); at += 1) {
      rmSync(folder.at('t'), { recursive: true, force: true });
      cpSync(folder.at('s'), folder.at('t'), { recursive: true });
      const other = Buffer.from(bytes);
      other[at] ^= 1 << (at % 7);
      writeFileSync(folder.at(`t/${name}`), other);
      const { session: again } = await openIn(folder.at('t'));
      expect([at, again.live.machine.cgroups(), again.commands, again.damage]).toEqual([
        at,
        ['/', '/b'],
        3,
        null,
      ]);
      again.live.close();
    }
  });

  test('a flipped bit before the save state is told by the restore, by export, by save and by status', async () => {
    using folder = new Folder();
    const first = await openIn(folder.at('s'));
    await runAll(first.session, HISTORY);
    await first.session.close();
    const journal = join(folder.at('s'), 'journal');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('spawn reader', 'spawn rfader'));
    for (const again of ['once', 'and after a state that was written since']) {
      const { session, notices } = await openIn(folder.at('s'));
      const told =
        /^line \d+ of \S+\/journal is damaged: the session goes on, but can't be saved or exported$/;
      expect(notices, again).toEqual([expect.stringMatching(told)]);
      expect(session.live.machine.cgroups()).toEqual(['/', '/default', '/web']);
      expect(session.damage).toMatch(told);
      await expect(session.export({ since: 0 as never, from: 0 })).rejects.toThrow(told);
      await expect(session.saveTo(folder.at('file'))).rejects.toThrow(told);
      expect(existsSync(folder.at('file'))).toBe(false);
      await session.close();
    }
  });

  test('a bit that flips while the session goes on is told by export, by save and by status', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, HISTORY);
    expect(session.damage).toBe(null);
    flip(join(folder.at('s'), 'journal'));
    expect(session.damage).toMatch(/^line \d+ of /);
    await expect(session.export({ since: 0 as never, from: 0 })).rejects.toThrow(/^line \d+ of /);
    await expect(session.saveTo(folder.at('file'))).rejects.toThrow(/^line \d+ of /);
    session.live.close();
  });

  test.each([
    ['as far as its own', ['mkdir one', 'mkdir two']],
    ['further', ['mkdir one', 'mkdir two', 'mkdir three', 'mkdir four', 'mkdir five']],
    ['less far', ['mkdir one']],
  ])('another session’s save state is set aside, one that goes %s', async (_, theirs) => {
    using folder = new Folder();
    for (const [name, lines] of [
      ['mine', ['mkdir mine', 'mkdir web']],
      ['theirs', theirs],
    ] as const) {
      const { session } = await openIn(folder.at(name));
      session.live.clock.setPaused(true, session.live.machine.now);
      await runAll(session, lines);
      await session.close();
    }
    for (const name of files(folder.at('mine')).filter((each) => each.startsWith('state-')))
      rmSync(join(folder.at('mine'), name));
    const [state] = files(folder.at('theirs')).filter((each) => each.startsWith('state-'));
    copyFileSync(join(folder.at('theirs'), state), join(folder.at('mine'), state));
    const { session, notices } = await openIn(folder.at('mine'));
    expect(session.live.machine.cgroups()).toEqual(['/', '/default', '/mine', '/web']);
    expect(notices).toEqual([expect.stringMatching(/the save state state-\d+ belongs to another journal/)]);
    await session.close();
  });

  test('without its journal a session goes on from its save state', async () => {
    using folder = new Folder();
    const first = await openIn(folder.at('s'));
    await runAll(first.session, HISTORY);
    await first.session.close();
    rmSync(join(folder.at('s'), 'journal'));
    const { session, notices } = await openIn(folder.at('s'));
    expect(notices).toEqual([expect.stringMatching(/the journal is gone/)]);
    await runAll(session, ['mkdir later']);
    expect(session.live.machine.cgroups()).toEqual(['/', '/default', '/web', '/later']);
    session.live.close();
    const again = await openIn(folder.at('s'));
    expect(again.notices).toEqual([]);
    expect(again.session.live.machine.cgroups()).toEqual(['/', '/default', '/web', '/later']);
    await again.session.close();
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(path, bytes);
}
