import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../src/session/budget.ts';
import { pruneStates, stateName, stateNames } from '../../src/session/save-state.ts';
import { exported, Folder, openIn, run, runAll } from './sessions.ts';

/** A budget of 1000 bytes in a process that takes what is said. */
function budgetOf(): { budget: Budget; takes: (bytes: number) => void } {
  let taken = 0;
  const budget = new Budget(1000, () => taken, 0);
  const takes = (bytes: number): void => {
    taken = bytes;
  };
  return { budget, takes };
}

describe("a server's budget", () => {
  test('is a quarter of the memory, 4 GiB at most', () => {
    expect(new Budget().bytes).toBeLessThanOrEqual(4 * 2 ** 30);
    expect(new Budget(64 << 20).bytes).toBe(64 << 20);
  });

  test('refuses what would make the machine larger, in a sentence; what lets go is done, and the machine goes on', async () => {
    using folder = new Folder();
    const { budget, takes } = budgetOf();
    const { session } = await openIn(folder.at('s'), {}, budget);
    await runAll(session, ['mkdir old', 'spawn t']);
    takes(1001);
    const refused = await run(session, 'mkdir more');
    expect(refused.failure).toMatchObject({
      kind: 'world',
      message: "mkdir more: the server has taken the 1,000 of the host's memory that it may",
      why: expect.stringContaining('--host-memory SIZE'),
    });
    await runAll(session, ['rmdir old', 'cat usage_in_bytes', 'kill t']);
    const before = session.live.machine.now;
    await runAll(session, ['wait 1ms']);
    expect(session.live.machine.now).toBeGreaterThan(before);
    takes(999);
    await runAll(session, ['mkdir more']);
    await session.close();
  });

  test('stops what makes the machine grow, and tells who waits for it and everybody else', async () => {
    using folder = new Folder();
    const { budget, takes } = budgetOf();
    const { session, notices } = await openIn(folder.at('s'), {}, budget);
    await runAll(session, ['spawn t']);
    const running = run(session, 'run t stream f 30T');
    await runAll(session, ['wait 10ms']);
    takes(1001);
    expect((await running).failure).toMatchObject({ kind: 'refused', why: 't was stopped' });
    expect(notices).toEqual([expect.stringMatching(/^the server has taken .*: t stopped: end tasks/)]);
    await session.close();
  });

  test('is not all: a machine that the page core has hardly room for is held in the same way', async () => {
    using folder = new Folder();
    const { session, notices } = await openIn(folder.at('s'));
    await runAll(session, ['spawn t']);
    const running = run(session, 'run t stream f 30T');
    await runAll(session, ['wait 10ms']);
    const { machine } = session.live;
    Object.defineProperty(machine, 'isFull', { value: true });
    expect((await running).failure).toMatchObject({ kind: 'refused', why: 't was stopped' });
    expect(notices).toEqual([expect.stringMatching(/^the machine has nearly all .*: t stopped: truncate/)]);
    expect((await run(session, 'mkdir more')).failure).toMatchObject({
      message: 'mkdir more: the machine has nearly all of the 4 GiB that are kept of its pages',
    });
    await session.close();
  });

  test('is no part of the machine: a refusal is done again as a refusal, however much there is then', async () => {
    using folder = new Folder();
    const { budget, takes } = budgetOf();
    const { session } = await openIn(folder.at('s'), {}, budget);
    takes(1001);
    await run(session, 'mkdir refused');
    takes(0);
    await runAll(session, ['mkdir done']);
    const text = await exported(session);
    await session.close();
    for (const name of stateNames(folder.at('s'))) execFileSync('rm', [folder.at(`s/${name}`)]);
    const again = await openIn(folder.at('s'));
    expect(again.session.live.machine.cgroups()).toContain('/done');
    expect(again.session.live.machine.cgroups()).not.toContain('/refused');
    expect(text).not.toContain('refused');
    await again.session.close();
  });

  test('is that of the state files together too, of which one always stays', () => {
    using folder = new Folder();
    for (const position of [1, 2, 3]) writeFileSync(folder.at(stateName(position)), Buffer.alloc(400));
    pruneStates(folder.path, 1000);
    expect(stateNames(folder.path)).toEqual([stateName(3), stateName(2)]);
    pruneStates(folder.path, 10);
    expect(readdirSync(folder.path)).toEqual([stateName(3)]);
  });

  test('keeps a state that is larger from being written, and says so once', async () => {
    using folder = new Folder();
    const { session, notices } = await openIn(folder.at('s'), {}, new Budget(1000, () => 0));
    await session.close();
    expect(stateNames(folder.at('s'))).toEqual([]);
    expect(notices).toEqual([
      expect.stringMatching(/^no save state could be written: it would take .* restored from its journal/),
    ]);
  });

  test('is that of the copies of traces too: one that would pass it is refused, and the machine goes on', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'), {}, new Budget(100, () => 0));
    const small = folder.at('small.csv');
    const large = folder.at('large.csv');
    writeFileSync(small, 'time,offset,size\n1,0,4096\n');
    writeFileSync(large, `time,offset,size\n${'1,0,4096\n'.repeat(10)}`);
    await runAll(session, ['spawn a', `run a trace ${small}`]);
    const refused = await run(session, `run a trace ${large}`);
    expect(refused.failure).toMatchObject({
      kind: 'world',
      message: `${large}: the copies of traces that the session keeps would take 133, where 100 may be`,
      why: expect.stringContaining('memcg replay'),
    });
    await runAll(session, [`run a trace ${small}`]);
    await session.close();
  });

  test('holds a restore: what would pass it is told in a sentence, and is there for a server that may take more', async () => {
    using folder = new Folder();
    const { session } = await openIn(folder.at('s'));
    await runAll(session, ['mkdir kept']);
    await session.close();
    for (const name of stateNames(folder.at('s'))) rmSync(folder.at(`s/${name}`));
    await expect(openIn(folder.at('s'), {}, new Budget(1000, () => 1001, 0))).rejects.toThrow(
      /^the session can't be restored: the server has taken .*: give its server more with `memcg up --host-memory SIZE`/,
    );
    const again = await openIn(folder.at('s'));
    expect(again.session.live.machine.cgroups()).toContain('/kept');
    await again.session.close();
  });
});
