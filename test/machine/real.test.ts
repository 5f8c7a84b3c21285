import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { Machine, type Operation } from '../../src/machine/machine.ts';
import type { Resident } from '../../src/mm/types.ts';
import { alloc, stream } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';
import { brokenInvariants, leftBehind } from '../support/invariants.ts';
import { anyMachine, anyOperation, carryOut, OPENING } from '../support/operations.ts';
import { allTexts, fingerprint } from '../support/texts.ts';

/** Sizes in pages. */
const adopt = (pid: number, cgroup: string, rest: Partial<Extract<Operation, { op: 'adopt' }>> = {}) =>
  ({ op: 'adopt', pid, cgroup, ...rest }) as const;
const proc = (pid: number, seen: Partial<Resident>) => ({ op: 'proc', pid, seen }) as const;
const exec = (pid: number, name?: string) => ({ op: 'exec', pid, ...(name && { name }) }) as const;
const exit = (pid: number) => ({ op: 'exit', pid }) as const;
const writePid = (cgroup: string, pid: number): Operation => ({
  op: 'write',
  path: `${cgroup}/tasks`,
  data: new TextEncoder().encode(`${pid}\n`),
});

/** Two cgroups, /a with a limit. */
function twoGroups(limit = 1000, swap = 0): Console {
  const sh = boot({ swap: pages(swap) });
  sh.group('/a', { limit });
  sh.mkdir('/b');
  return sh;
}

function doAll(sh: Console, operations: readonly Operation[]): void {
  for (const operation of operations) {
    const answer = sh.do(operation);
    if (!answer.ok) throw new Error(`${operation.op}: ${answer.errno} ${answer.why}`);
  }
  expect([...brokenInvariants(sh.state()), ...leftBehind(sh.state())]).toEqual([]);
}

const refusals = (sh: Console) => sh.eventsOf('warning').filter(({ text }) => text.includes('holds'));

const cacheAndRss = (sh: Console, cgroup: string): [number, number] => [
  sh.number(`${cgroup}/memory.stat`, 'cache') / 4096,
  sh.number(`${cgroup}/memory.stat`, 'rss') / 4096,
];

describe('a sample', () => {
  test.each<[string, readonly Operation[], [a: number, b: number]]>([
    ['charges what is held', [adopt(7, '/a'), proc(7, { anon: 5, file: 3, shmem: 2 })], [10, 0]],
    [
      'leaves alone what it does not name',
      [adopt(7, '/a'), proc(7, { anon: 5, file: 3 }), proc(7, { anon: 6 })],
      [9, 0],
    ],
    [
      'does not charge what was held before the process joined',
      [adopt(7, '/a', { base: { anon: 5, file: 3 } }), proc(7, { anon: 7, file: 3 })],
      [2, 0],
    ],
    [
      'uncharges what is no longer held, and never what was never charged',
      [adopt(7, '/a', { base: { anon: 5 } }), proc(7, { anon: 9 }), proc(7, { anon: 2 })],
      [0, 0],
    ],
    [
      'charges where the process is: what was charged before it moved stays',
      [adopt(7, '/a'), proc(7, { anon: 5 }), adopt(7, '/b'), proc(7, { anon: 8 })],
      [5, 3],
    ],
    [
      'gives back the youngest first, wherever it was charged',
      [
        adopt(7, '/a'),
        proc(7, { anon: 5 }),
        adopt(7, '/b'),
        proc(7, { anon: 8 }),
        proc(7, { anon: 6 }),
        proc(7, { anon: 4 }),
      ],
      [4, 0],
    ],
    [
      'after a move by a write to tasks charges there too',
      [adopt(7, '/a'), proc(7, { anon: 5 }), writePid('/b', 7), proc(7, { anon: 6 })],
      [5, 1],
    ],
    [
      'of a child charges nothing that it shares with what its parent held before it joined',
      [
        adopt(7, '/a', { base: { anon: 6 } }),
        adopt(8, '/a', { parent: 7 }),
        proc(7, { anon: 3 }),
        proc(8, { anon: 3 }),
      ],
      [0, 0],
    ],
    [
      'after exec charges all',
      [adopt(7, '/a', { base: { anon: 6 } }), exec(7), proc(7, { anon: 4, file: 1 })],
      [5, 0],
    ],
    ['comes to nothing with exec', [adopt(7, '/a'), proc(7, { anon: 6 }), exec(7, 'python3')], [0, 0]],
    [
      'comes to nothing with exit, in every cgroup',
      [adopt(7, '/a'), proc(7, { anon: 6, file: 1 }), adopt(7, '/b'), proc(7, { shmem: 3 }), exit(7)],
      [0, 0],
    ],
  ])('%s', (_, operations, usage) => {
    const sh = twoGroups();
    doAll(sh, operations);
    expect([sh.usage('/a'), sh.usage('/b')]).toEqual(usage);
  });

  test('counts shared memory as cache, as the kernel does, and swaps it as it swaps anonymous memory', () => {
    const sh = twoGroups(20, 100);
    doAll(sh, [adopt(7, '/a'), proc(7, { anon: 5, file: 4, shmem: 3 })]);
    expect(cacheAndRss(sh, '/a')).toEqual([7, 5]);
    doAll(sh, [proc(7, { anon: 0, file: 0, shmem: 60 })]);
    expect(sh.usage('/a')).toBeLessThanOrEqual(20);
    expect(sh.number('/a/memory.reclaim_stat', 'swap_out')).toBeGreaterThan(0);
    expect(sh.number('/a/memory.reclaim_stat', 'oom_kills')).toBe(0);
    doAll(sh, [exit(7)]);
    expect(sh.usage('/a')).toBe(0);
  });

  test('wakes the reclaimer above high, which takes file pages back', () => {
    const sh = boot();
    sh.group('/a', { low: 100, high: 200, limit: 400 });
    doAll(sh, [adopt(7, '/a'), proc(7, { file: 390 })]);
    sh.waitUntil(() => sh.usage('/a') <= 100);
    expect(sh.eventsOf('wake').length).toBeGreaterThan(0);
    expect(sh.number('/a/memory.failcnt')).toBe(0);
  });

  test('takes virtual time as faults do', () => {
    const sh = twoGroups();
    sh.do(adopt(7, '/a'));
    const before = sh.machine.now;
    sh.do(proc(7, { anon: 500 }));
    expect(sh.machine.now - before).toBeGreaterThan(500 * 100);
  });

  test('may be taken back while it is being charged', () => {
    const sh = twoGroups(16);
    sh.do(adopt(7, '/a'));
    sh.do({ op: 'proc', pid: 7, seen: { file: 500 }, wait: false });
    sh.waitUntil(() => sh.eventsOf('limit-failure').length > 0);
    sh.do({ op: 'proc', pid: 7, seen: { file: 2 }, wait: false });
    sh.wait(1e9);
    expect(sh.usage('/a')).toBeLessThanOrEqual(2);
    expect([...brokenInvariants(sh.state()), ...leftBehind(sh.state())]).toEqual([]);
  });
});

describe('memory that the limit has no room for', () => {
  const crowded = (): Console => {
    const sh = twoGroups(50);
    doAll(sh, [adopt(7, '/a', { name: 'hog' }), proc(7, { anon: 80 })]);
    return sh;
  };

  test('fails six times, counts as one OOM kill, is said, and the process goes on', () => {
    const sh = crowded();
    expect([sh.usage('/a'), sh.number('/a/memory.failcnt')]).toEqual([50, 6]);
    expect(sh.number('/a/memory.reclaim_stat', 'oom_kills')).toBe(1);
    expect(sh.eventsOf('oom-kill')).toMatchObject([{ pid: 7, task: 'hog', spared: true }]);
    expect(refusals(sh)).toMatchObject([
      { cgroup: '/a', text: expect.stringContaining('hog (pid 7) holds 30 pages more') },
    ]);
    const [view] = sh.machine.tasks().filter(({ pid }) => pid === 7);
    expect(view).toMatchObject({ kind: 'process', killed: false, process: { anon: 80, refused: 30 } });
  });

  test('is tried again when the process grows, and said no second time', () => {
    const sh = crowded();
    doAll(sh, [proc(7, { anon: 81 })]);
    expect(sh.number('/a/memory.failcnt')).toBe(12);
    expect([sh.eventsOf('oom-kill').length, refusals(sh).length]).toEqual([1, 1]);
  });

  test('meets the limit no more while the process does not grow', () => {
    const sh = crowded();
    doAll(sh, [proc(7, { anon: 80 }), proc(7, { anon: 70 }), proc(7, { anon: 60 })]);
    expect([sh.usage('/a'), sh.number('/a/memory.failcnt')]).toEqual([50, 6]);
  });

  test('is charged with the next sample when there is room, and said again after that', () => {
    const sh = crowded();
    sh.write('/a/memory.limit_in_bytes', '1M');
    doAll(sh, [proc(7, { anon: 80 })]);
    expect(sh.usage('/a')).toBe(80);
    doAll(sh, [proc(7, { anon: 300 })]);
    expect([sh.eventsOf('oom-kill').length, refusals(sh).length]).toEqual([2, 2]);
  });

  test('is what is given back first', () => {
    const sh = crowded();
    doAll(sh, [proc(7, { anon: 55 })]);
    expect(sh.usage('/a')).toBe(50);
    doAll(sh, [proc(7, { anon: 45 })]);
    expect(sh.usage('/a')).toBe(45);
  });

  test('costs an emulated task of the same cgroup its life, if that is larger', () => {
    const sh = twoGroups(50);
    sh.spawn('large', '/a');
    sh.run('large', alloc(40));
    doAll(sh, [adopt(7, '/a'), proc(7, { anon: 30 })]);
    expect(sh.eventsOf('oom-kill')).toMatchObject([{ task: 'large' }]);
    expect(sh.eventsOf('oom-kill')[0]).not.toHaveProperty('spared');
    // With the next sample there is room.
    sh.wait(1e6);
    doAll(sh, [proc(7, { anon: 30 })]);
    expect(sh.usage('/a')).toBe(30);
  });

  test('makes an emulated task that needs a page die of it, and signals nobody', () => {
    const sh = crowded();
    sh.spawn('small', '/a');
    expect(sh.run('small', alloc(4))).toMatchObject({ errno: 'ESRCH' });
    expect(sh.machine.tasks().filter(({ pid, killed }) => pid === 7 && !killed).length).toBe(1);
  });

  test('of the whole machine is refused as well', () => {
    const sh = boot({ memory: pages(300) });
    doAll(sh, [adopt(7, '/'), proc(7, { anon: 1000 })]);
    expect(sh.usage('/')).toBeLessThanOrEqual(300);
    expect(sh.eventsOf('oom-kill')).toMatchObject([{ cgroup: null, spared: true }]);
  });
});

describe('tasks', () => {
  test('lists real and emulated pids together, ascending', () => {
    const sh = twoGroups();
    sh.spawn('t', '/a');
    doAll(sh, [adopt(900, '/a'), adopt(12, '/a')]);
    expect(sh.read('/a/tasks')).toBe('12\n900\n4194308\n');
  });

  test('a cgroup with a process is busy until that has gone, at once', () => {
    const sh = twoGroups();
    doAll(sh, [adopt(7, '/a'), proc(7, { anon: 100, file: 100 })]);
    expect(sh.rmdir('/a')).toMatchObject({ errno: 'EBUSY' });
    doAll(sh, [exit(7)]);
    expect(sh.rmdir('/a')).toEqual({ ok: true });
  });

  test('a process goes in the middle of a charge', () => {
    const sh = twoGroups(16);
    sh.do(adopt(7, '/a'));
    sh.do({ op: 'proc', pid: 7, seen: { anon: 500 }, wait: false });
    for (let i = 0; i < 40; i += 1) {
      const next = sh.machine.nextEventAt();
      if (next !== null) sh.machine.run(next);
      const copy = Machine.load(sh.machine.save());
      if (copy.perform(exit(7))?.ok !== true) throw new Error('exit is refused');
      copy.run(ns(copy.now + 1e9));
      const { state } = copy.save();
      expect([...brokenInvariants(state), ...leftBehind(state)]).toEqual([]);
      expect(copy.usage('/a').usage).toBe(0);
    }
  });

  test('a process can neither be told what to do nor be signalled by its name', () => {
    const sh = twoGroups();
    doAll(sh, [adopt(7, '/a', { name: 'bash' })]);
    for (const operation of [
      { op: 'kill', task: 'bash', signal: 'KILL' },
      { op: 'start', task: 'bash', behaviour: alloc(1) },
      { op: 'stop', task: 'bash' },
    ] as const)
      expect(sh.do(operation)).toMatchObject({ errno: 'ESRCH' });
    sh.spawn('bash', '/a');
  });

  test.each<[Operation, string]>([
    [proc(7, { anon: 1 }), 'ESRCH'],
    [exit(7), 'ESRCH'],
    [exec(7), 'ESRCH'],
    [proc(4_194_305, { anon: 1 }), 'EINVAL'],
    [adopt(0, '/a'), 'EINVAL'],
    [adopt(4_194_305, '/a'), 'EINVAL'],
    [adopt(7, '/nowhere'), 'ENOENT'],
  ])('%o is %s', (operation, errno) => {
    expect(twoGroups().do(operation)).toMatchObject({ errno });
  });
});

const PIDS = [11, 12, 13] as const;
const anyPid = fc.constantFrom(...PIDS);
const anyCount = fc.oneof(fc.nat(20), fc.nat(120));
const anyResident = fc.record({ anon: anyCount, file: anyCount, shmem: anyCount }, { requiredKeys: [] });

const anyReal: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(anyPid, anyResident, fc.boolean())
      .map(([pid, seen, wait]) => ({ ...proc(pid, seen), wait })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyPid, fc.constantFrom('/', '/a', '/b', '/a/c'), fc.option(anyPid), anyResident)
      .map(([pid, cgroup, parent, base]) => adopt(pid, cgroup, { base, ...(parent !== null && { parent }) })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(anyPid, fc.constantFrom('/a', '/b')).map(([pid, to]) => writePid(to, pid)),
  },
  { weight: 1, arbitrary: anyPid.map((pid) => exec(pid)) },
  { weight: 2, arbitrary: anyPid.map((pid) => exit(pid)) },
);

const anyLife = fc
  .array(fc.oneof({ weight: 2, arbitrary: anyReal }, { weight: 1, arbitrary: anyOperation }), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  })
  .map((rest): readonly Operation[] => [...OPENING, adopt(11, '/a'), adopt(12, '/b'), ...rest]);

test('counters, lists and tables stay sound whatever processes do', () => {
  fc.assert(
    fc.property(anyMachine, anyLife, (options, operations) => {
      const machine = Machine.boot(options);
      carryOut(machine, operations, {
        after: () => {
          const { state } = machine.save();
          expect([...brokenInvariants(state), ...leftBehind(state)]).toEqual([]);
        },
      });
      // When all are gone nothing is charged that the emulated tasks do not hold.
      for (const pid of PIDS) machine.perform(exit(pid));
      const { state } = machine.save();
      expect(brokenInvariants(state)).toEqual([]);
      expect(state.mm.mappings.filter((mapping) => mapping?.name === 'process')).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test('the same life leads to the same bytes, in slices of any size too', () => {
  fc.assert(
    fc.property(
      anyMachine,
      anyLife,
      fc.integer({ min: 100_000, max: 20e6 }),
      (options, operations, slice) => {
        const [whole, sliced] = [Machine.boot(options), Machine.boot(options)];
        expect(carryOut(sliced, operations, { slice })).toEqual(carryOut(whole, operations));
        expect(allTexts(sliced)).toBe(allTexts(whole));
        expect(fingerprint(sliced)).toBe(fingerprint(whole));
      },
    ),
    { numRuns: 60 },
  );
});

test('real memory and emulated page cache press on each other', () => {
  const sh = twoGroups(100);
  sh.spawn('reader', '/a');
  sh.run('reader', stream('f', 90));
  doAll(sh, [adopt(7, '/a'), proc(7, { anon: 60 })]);
  expect(cacheAndRss(sh, '/a')[1]).toBe(60);
  expect(sh.usage('/a')).toBeLessThanOrEqual(100);
});
