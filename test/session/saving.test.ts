import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../src/session/budget.ts';
import { Server } from '../../src/session/server.ts';
import { Session, type SessionSettings } from '../../src/session/session.ts';
import { realWall } from '../../src/session/wall.ts';
import { traceOpener } from '../../src/workload/trace-opener.ts';
import { Folder, NO_MOUNTS, run, runAll } from './sessions.ts';

/** Each look at the clock takes so long that after each turn a save state is worth it, ms. */
const SLOW = 2000;

const slowClock = (alook: number) => ({
  now: 0,
  look() {
    this.now += alook;
    return this.now;
  },
});

async function slowIn(
  folder: string,
  boot: Parameters<typeof Session.open>[1] = { boot: null },
  clock = slowClock(SLOW),
): Promise<{ session: Session; notices: string[]; noticed: Promise<void> }> {
  const notices: string[] = [];
  let tell = (): void => {};
  const noticed = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const settings: SessionSettings = {
    folder,
    opener: traceOpener,
    sync: false,
    budget: new Budget(),
    wall: { ...realWall, now: () => clock.look() },
    notice: (text) => {
      notices.push(text);
      tell();
    },
    failed: () => {},
    observer: () => {},
    isWatched: () => false,
  };
  return { session: await Session.open(settings, boot), notices, noticed };
}

describe('a session whose folder somebody has taken away', () => {
  test('says that no save state could be written, goes on, and ends as it should', async () => {
    using folder = new Folder();
    const { session, notices, noticed } = await slowIn(folder.at('s'));
    rmSync(folder.at('s'), { recursive: true });
    await runAll(session, ['mkdir /a', 'spawn t /a', 'run t stream f 1M']);
    await noticed;
    expect((await run(session, 'ls /')).output).toContain('a/');
    await session.close();
    expect(notices.filter((text) => !/^no save state could be written: ENOENT: /.test(text))).toEqual([]);
  });

  test('is given up for another as any other', async () => {
    using folder = new Folder();
    process.env['XDG_RUNTIME_DIR'] = folder.path;
    process.env['XDG_STATE_HOME'] = folder.at('state');
    mkdirSync(folder.at('memcg'), { mode: 0o700 });
    const server = new Server({
      session: 'gone',
      boot: {},
      sync: false,
      budget: new Budget(),
      opener: traceOpener,
      mounter: NO_MOUNTS,
      say: () => {},
    });
    await server.start();
    await run(server.session, 'mkdir /a');
    rmSync(server.folder, { recursive: true });
    await server.replace(() => Promise.resolve(), {});
    expect(server.session.live.machine.cgroups()).toEqual(['/', '/default']);
    await server.stop();
  });
});

test('less work is worth a save state where somebody sets the pace, or a minute has passed since the last', async () => {
  /** How often it has to work until there is one. */
  const rounds = async (between: (session: Session, clock: { now: number }) => void): Promise<number> => {
    using folder = new Folder();
    const clock = slowClock(10);
    const { session } = await slowIn(folder.path, { boot: null }, clock);
    await runAll(session, ['mkdir /a', 'spawn t /a']);
    let done = 0;
    while (!readdirSync(folder.path).some((name) => name.startsWith('state-'))) {
      done += 1;
      await runAll(session, ['run t stream f 4K']);
      between(session, clock);
      await session.told();
    }
    await session.close();
    return done;
  };
  const usual = await rounds(() => {});
  expect(await rounds((session) => session.paced())).toBeLessThan(usual / 2);
  const minutes = await rounds((_, clock) => {
    clock.now += 60_000;
  });
  expect(minutes).toBeLessThan(usual / 2);
});

test('a session that is not booted to its end has no save state, however long its boot script took', async () => {
  using folder = new Folder();
  const boot = folder.at('boot.memcg');
  writeFileSync(boot, 'mkdir a\nspawn t a\nrun t stream f 4M\nwait 5ms\nmkdir a\n');
  await expect(slowIn(folder.at('s'), { boot })).rejects.toThrow(/the boot script: .*EEXIST/);
  // What would be written in the background has begun by then.
  await new Promise(setImmediate);
  expect(readdirSync(folder.at('s'))).toEqual([]);
});
