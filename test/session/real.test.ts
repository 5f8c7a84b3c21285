import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { exported, Folder, openIn, replayed, run, runAll } from './sessions.ts';

const bootScript = fileURLToPath(new URL('../../fixtures/boot.memcg', import.meta.url));

/** What a mount writes while a shell joins, runs programs, outgrows its limit and goes. */
const LIFE = [
  'mkdir web',
  'set web low_wmark_in_bytes=4M high_wmark_in_bytes=6M limit_in_bytes=8M',
  'adopt 1200 web anon=2M file=1M --name -bash --start 4711',
  'proc 1200 anon=3M file=2M shmem=64k',
  'adopt 1201 web --parent 1200 --name -bash --start 4720',
  'exec 1201 --name "py thon3"',
  'proc 1201 anon=20M file=5M',
  'proc 1201 anon=2M',
  'write web/tasks 1201',
  'write /tasks 1200',
  'proc 1200 anon=9M',
  'exit 1201',
  'rmdir web',
];

describe('a session with real processes', () => {
  test('is exported as a script that replay runs to the same state, with nothing of them to look at', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, LIFE);
    session.live.clock.setPaused(true, session.live.machine.now);
    const script = await exported(session);
    expect(script).toContain('adopt 1200 /web anon=2097152 file=1048576 --name -bash --start 4711\n');
    expect(script).toContain('proc --no-wait 1201 anon=20971520 file=5242880\n');
    const state = session.live.machine.save();
    expect(await replayed(script, false, bootScript)).toEqual(state);
    await session.close();
  });

  test('is restored from its journal as it was', async () => {
    using folder = new Folder();
    const first = await openIn(folder.at('s'));
    await runAll(first.session, LIFE.slice(0, -2));
    first.session.live.clock.setPaused(true, first.session.live.machine.now);
    await first.session.told();
    const { tasks } = first.session.inspect();
    const copy = folder.at('copy');
    // As after kill -9: nothing was closed.
    const { cpSync } = await import('node:fs');
    cpSync(folder.at('s'), copy, { recursive: true });
    await first.session.close();
    const { session } = await openIn(copy);
    const known = (all: typeof tasks) => all.filter(({ kind }) => kind === 'process');
    expect(known(session.inspect().tasks)).toEqual(known(tasks));
    expect(known(tasks)).toMatchObject([{ pid: 1200 }, { pid: 1201, name: 'py thon3' }]);
    await session.close();
  });

  test('answers a sample when all of it is charged, and goes on meanwhile', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['adopt 5 default', 'proc 5 anon=20M']);
    expect((await run(session, 'cat usage_in_bytes')).output).toBe(`${20 << 20}\n`);
    const growing = run(session, 'proc 5 anon=300M');
    expect((await run(session, 'exit 5')).failure).toBeNull();
    expect((await growing).failure).toBeNull();
    expect((await run(session, 'cat usage_in_bytes')).output).toBe('0\n');
    await session.close();
  });
});
