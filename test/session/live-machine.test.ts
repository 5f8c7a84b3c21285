import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Folder, openIn, run, runAll } from './sessions.ts';

describe('a live session', () => {
  test('answers a run when it has ended, and others meanwhile', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn reader']);
    const order: string[] = [];
    const running = run(session, 'run reader stream data.img 64M').then(() => order.push('run'));
    const waiting = run(session, 'wait reader').then(() => order.push('wait'));
    await run(session, 'write high_wmark_in_bytes 64M');
    await run(session, 'mkdir web').then(() => order.push('mkdir'));
    await Promise.all([running, waiting]);
    expect(order[0]).toBe('mkdir');
    expect([...order].sort()).toEqual(['mkdir', 'run', 'wait']);
    const reader = session.live.machine.tasks().find(({ name }) => name === 'reader');
    expect(reader?.behaviour).toBe(null);
    await session.close();
  });

  test('stops the behaviour of a run that is interrupted, and lives on', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn reader']);
    const abort = new AbortController();
    const running = run(session, 'run reader stream data.img 64G', abort.signal);
    await runAll(session, ["wait 'usage_in_bytes > 0' --within 10s"]);
    abort.abort();
    expect((await running).failure?.kind).toBe('interrupted');
    await runAll(session, ['wait reader', 'cat usage_in_bytes']);
    await session.close();
  });

  test('ends a run with what happened to its task', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn a', 'spawn b']);
    const stopped = run(session, 'run a stream x 64G');
    const killed = run(session, 'run b stream y 64G');
    await runAll(session, ['stop a', 'kill b']);
    expect((await stopped).failure?.message).toBe('run a stream: EINTR: Interrupted system call');
    expect((await killed).failure?.message).toBe('run b stream: ESRCH: No such process');
    await session.close();
  });

  test('waits for conditions to the event: none that held for a moment is missed', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn a', 'write high_wmark_in_bytes 48M']);
    const seen = run(session, "wait 'usage_in_bytes >= 48M' --within 60s");
    await runAll(session, ['start a stream x 256M']);
    expect((await seen).failure).toBe(null);
    const late = await run(session, "wait 'usage_in_bytes > 1G' --within 5ms");
    expect(late.failure?.message).toMatch(/not within 5ms/);
    await session.close();
  });

  test('stands still while it is paused, and steps', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    session.live.clock.setPaused(true, session.live.machine.now);
    const before = session.live.machine.now;
    await run(session, 'cat usage_in_bytes');
    expect(session.live.machine.now).toBe(before);
    await session.live.step(1_000_000 as never, new AbortController().signal);
    expect(session.live.machine.now).toBe(Math.ceil(before) + 1_000_000);
    await runAll(session, ['mkdir web', 'rmdir web']);
    await session.close();
  });

  test('goes as fast as it can where it is told to', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    session.live.clock.setSpeed('max', session.live.machine.now);
    session.live.rearm();
    await runAll(session, ['wait 1h']);
    expect(session.live.machine.now).toBeGreaterThanOrEqual(3600e9);
    await session.close();
  });

  test('reads a trace from its copy beside the journal, also after a restore', async () => {
    using folder = new Folder();
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i / 1e5},${(i % 3000) * 4096},4096`);
    const trace = folder.at('some.csv');
    writeFileSync(trace, `time,offset,size\n${rows.join('\n')}\n`);
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn a', `start a trace ${trace}`]);
    rmSync(trace);
    await runAll(session, ["wait 'usage_in_bytes >= 1M' --within 10s"]);
    session.live.close();
    const again = await openIn(folder.at('s'));
    expect(again.notices).toEqual([]);
    await runAll(again.session, ['wait a']);
    const { usage } = again.session.live.machine.usage('/default');
    expect(usage).toBe(3000);
    await again.session.close();
  });

  test('as fast as it goes, has its time go on as on the wall once what it did is over', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['spawn a']);
    const { live } = session;
    live.clock.setSpeed('max', live.machine.now);
    for (let i = 0; i < 10; i += 1) {
      await runAll(session, ['start a stream f 4M']);
      await expect
        .poll(() => {
          session.inspect();
          return live.machine.tasks().some(({ behaviour }) => behaviour === 'stream');
        })
        .toBe(false);
    }
    // Each takes a tenth of a second.
    expect(live.machine.now).toBeLessThan(3600e9);
    await session.close();
  });
});
