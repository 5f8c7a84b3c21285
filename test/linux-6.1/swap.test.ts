import { expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
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
  const touch = {
    kind: 'touch',
    pages: null,
    pattern: { kind: 'seq' },
    rate: null,
    times: 1,
    forTime: null,
  } as const;
  sh.run('t', { ...touch, write: true });
  const refaults = read('memory.stat:workingset_refault_anon');
  expect(refaults).toBeGreaterThan(20 * MIB);
  expect(read('memory.stat:pgmajfault')).toBeLessThan(refaults / 7);
  expect(read('memory.swap.current')).toBeLessThan(12 * MIB * 4096);
});

test('who dies gives all swap back', () => {
  const { sh, read } = swapping();
  sh.kill('t');
  expect(read('memory.swap.current')).toBe(0);
  expect(read('memory.stat:swapcached')).toBe(0);
});

test('who has more swap than memory.swap.high is held, by the square of what is above', () => {
  const time = (swapHigh: string): number => {
    const { sh, read } = swapping(swapHigh);
    expect(read('memory.swap.events:high') > 0).toBe(swapHigh !== 'max');
    return sh.machine.now;
  };
  expect(time('4M')).toBeGreaterThan(2e9 + time('max'));
});
