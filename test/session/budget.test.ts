import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
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
});
