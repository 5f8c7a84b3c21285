import { expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { newThrottle, wasRead, writeLimit } from '../../src/linux-6.1/blk-wbt.ts';
import { Machine } from '../../src/machine/machine.ts';
import { Console } from '../support/boot.ts';

const MIB = 256;

/** What a file of the group says, or a line of it. */
const reader =
  (sh: Console) =>
  (file: string): number => {
    const [name, key] = file.split(':');
    const text = sh.machine.read(`/g/${name}`);
    const value = text.ok ? text.value : '';
    return Number(
      key === undefined
        ? value
        : value
            .split('\n')
            .find((each) => each.startsWith(`${key} `))
            ?.split(' ')[1],
    );
  };

/** A group of 16 MiB, with 24 MiB of anonymous memory and swap for it. */
function swapping(swapHigh = 'max'): { sh: Console; read: (file: string) => number } {
  const sh = new Console(
    Machine.boot({ kernel: '6.1', cpus: 1, memory: pages(256 * MIB), swap: pages(64 * MIB) }),
  );
  sh.mkdir('/g');
  sh.write('/g/memory.max', '16M');
  sh.write('/g/memory.swap.high', swapHigh);
  sh.spawn('t', '/g');
  sh.run('t', { kind: 'alloc', pages: pages(24 * MIB) });
  return { sh, read: reader(sh) };
}

const touched = (write: boolean) =>
  ({
    kind: 'touch',
    pages: null,
    pattern: { kind: 'seq' },
    rate: null,
    times: 1,
    forTime: null,
    write,
  }) as const;

test('a page goes to swap at the second look, and is free at the third', () => {
  const { read } = swapping();
  expect(read('memory.swap.current')).toBeGreaterThanOrEqual(8 * MIB * 4096);
  expect(read('memory.stat:pgscan')).toBeGreaterThan(3 * read('memory.stat:pgsteal'));
  const listed = read('memory.stat:inactive_anon');
  const held = read('memory.stat:anon') + read('memory.stat:swapcached');
  // What is in a batch is on no list yet.
  expect(held - listed).toBeLessThan(15 * 4096);
  expect(held).toBeGreaterThanOrEqual(listed);
});

test('who writes a ninth request of 31 pages waits for the eight: the first passes are those of a real 6.1 that has just booted', () => {
  const sh = new Console(
    Machine.boot({ kernel: '6.1', psi: false, cpus: 1, memory: pages(2048 * MIB), swap: pages(128 * MIB) }),
  );
  const read = reader(sh);
  sh.mkdir('/g');
  sh.write('/g/memory.high', '56M');
  sh.write('/g/memory.max', '64M');
  sh.spawn('t', '/g');
  sh.run('t', { kind: 'alloc', pages: pages(14_300) });
  const passes: number[][] = [];
  let before = [0, 0, 0];
  while (passes.length < 4) {
    sh.run('t', { kind: 'alloc', pages: pages(1) });
    const swapped = read('memory.swap.current') / 4096;
    const now = [read('memory.stat:pgscan'), read('memory.stat:pgsteal'), swapped];
    if (now[0] !== before[0]) passes.push(now.map((count, i) => count - (before[i] ?? 0)));
    before = now;
  }
  // Pages looked at, freed, and sent to swap.
  expect(passes).toEqual([
    [14_652, 64, 280],
    [74, 74, 0],
    [73, 73, 0],
    [73, 69, 4],
  ]);
});

test('a fault brings eight pages back, and their swap is free when they are mapped', () => {
  const { sh, read } = swapping();
  sh.run('t', touched(true));
  const refaults = read('memory.stat:workingset_refault_anon');
  expect(refaults).toBeGreaterThan(20 * MIB);
  expect(read('memory.stat:pgmajfault')).toBeLessThan(refaults / 7);
  expect(read('memory.swap.current')).toBeLessThan(12 * MIB * 4096);
});

test('a page that is read back keeps its entry, and is freed without a write; the first write to it is a fault', () => {
  const { sh, read } = swapping();
  sh.run('t', touched(false));
  expect(read('memory.swap.current')).toBe(24 * MIB * 4096);
  expect(read('memory.stat:swapcached')).toBe(read('memory.stat:anon'));
  const before = [read('memory.stat:pgscan'), read('memory.stat:pgsteal')];
  sh.run('t', touched(false));
  const [scanned, stolen] = ['pgscan', 'pgsteal'].map((key, i) => read(`memory.stat:${key}`) - before[i]);
  // Young at the first look, freed at the second.
  expect(scanned).toBeLessThan(2.1 * stolen);
  const faults = read('memory.stat:pgfault');
  sh.run('t', { ...touched(true), pages: pages(1) });
  sh.run('t', { ...touched(true), pages: pages(1) });
  const again = read('memory.stat:pgfault');
  sh.run('t', { ...touched(true), pages: pages(1) });
  expect(again).toBeGreaterThan(faults);
  expect(read('memory.stat:pgfault')).toBe(again);
  sh.kill('t');
  expect(read('memory.stat:swapcached')).toBe(0);
});

test('where more than half of memory.swap.max is used, what is read back gives its entry back', () => {
  const { sh, read } = swapping();
  sh.write('/g/memory.swap.max', '18M');
  sh.run('t', touched(false));
  expect(read('memory.swap.current')).toBeLessThan(12 * MIB * 4096);
});

test.each([
  { swap: 64 * MIB, kept: 64 },
  { swap: 300, kept: 0 },
])(
  'of $swap pages of swap who dies gives all back but $kept, which stay charged until others follow',
  ({ swap, kept }) => {
    const sh = new Console(
      Machine.boot({ kernel: '6.1', cpus: 1, memory: pages(256 * MIB), swap: pages(swap) }),
    );
    sh.mkdir('/g');
    sh.write('/g/memory.max', '16M');
    const read = reader(sh);
    for (const task of ['t', 'u']) {
      sh.spawn(task, '/g');
      sh.run(task, { kind: 'alloc', pages: pages(16 * MIB + 120) });
      expect(read('memory.swap.current')).toBeGreaterThan(100 * 4096);
      sh.kill(task);
      expect(read('memory.swap.current')).toBeLessThanOrEqual(kept * 4096);
      expect(read('memory.swap.current') > 0).toBe(kept > 0);
      expect(read('memory.stat:swapcached')).toBe(0);
    }
  },
);

test('the throttle of writes lets twice as many pass after each tenth of a second with writes, and half of that after a read', () => {
  const throttle = newThrottle();
  const limits: number[] = [];
  const at = (tenths: number): number => tenths * 1e8;
  const latency = 1e5;
  for (let tenth = 0; tenth < 5; tenth += 1) limits.push(writeLimit(throttle, at(tenth), latency));
  expect(limits).toEqual([8, 16, 31, 48, 48]);
  wasRead(throttle, at(5), latency);
  expect(writeLimit(throttle, at(5.5), latency)).toBe(24);
  // Five windows without any are one step back.
  expect(writeLimit(throttle, at(5 + 6), latency)).toBe(31);
  expect(writeLimit(throttle, at(60), latency)).toBe(8);
});

test('who has more swap than memory.swap.high is held, by the square of what is above', () => {
  const time = (swapHigh: string): number => {
    const { sh, read } = swapping(swapHigh);
    expect(read('memory.swap.events:high') > 0).toBe(swapHigh !== 'max');
    return sh.machine.now;
  };
  expect(time('4M')).toBeGreaterThan(2e9 + time('max'));
});

test('of a group that dies together who was out of memory waits for the others, and meets memory.max no more', () => {
  const sh = new Console(Machine.boot({ kernel: '6.1', cpus: 1, memory: pages(256 * MIB) }));
  sh.mkdir('/g');
  sh.write('/g/memory.max', '24M');
  sh.write('/g/memory.oom.group', '1');
  sh.spawn('a', '/g');
  sh.spawn('b', '/g');
  sh.run('a', { kind: 'alloc', pages: pages(10 * MIB) });
  sh.run('b', { kind: 'alloc', pages: pages(20 * MIB) });
  const read = reader(sh);
  // As on a real 6.1: the first victim is counted twice.
  expect(['max', 'oom', 'oom_kill', 'oom_group_kill'].map((key) => read(`memory.events:${key}`))).toEqual([
    18, 1, 3, 1,
  ]);
});
