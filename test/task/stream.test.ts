import { describe, expect, test } from 'vitest';
import { PAGE_SIZE, pages, SECOND } from '../../src/kernel/units.ts';
import { stream } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

function streamed(...args: Parameters<typeof stream>): Console {
  const sh = boot();
  sh.spawn('t');
  expect(sh.run('t', stream(...args))).toMatchObject({ ok: true });
  return sh;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const cpu = (sh: Console): number => sh.machine.tasks().find((task) => task.name === 't')?.cpu_ns ?? 0;

describe('stream', () => {
  test.each([1, 7, 32, 1000, 5000])('reads all of %d pages', (size) => {
    const sh = streamed('f', size);
    expect(sh.resident('f')).toEqual(range(0, size));
    expect(sh.usage('/')).toBe(size);
    expect(sh.unwritten.dirty).toBe(0);
  });

  test('writes all of its pages, reading none', () => {
    const sh = streamed('f', 300, { write: true });
    expect(sh.resident('f')).toEqual(range(0, 300));
    expect(sh.unwritten.dirty).toBe(300);
    expect(sh.state().mm.devices[0].submitted).toBe(0);
  });

  test('begins where it is told', () => {
    expect(streamed('f', 10, { at: pages(600), readahead: false }).resident('f')).toEqual(range(600, 610));
  });

  test.each([1, 3])('goes through the file %d times', (times) => {
    const sh = streamed('f', 64, { times });
    const { syscall, copy } = sh.state().mm.costs;
    expect(cpu(sh)).toBeGreaterThanOrEqual(times * 64 * (syscall + copy));
    expect(sh.number('/memory.stat', 'pgpgin')).toBe(64);
    expect(sh.lists('/').active).toBe(times === 1 ? 0 : 64);
  });

  test.each<[number, number]>([
    [1, 120],
    [8, 15],
    [50, 3],
    [1000, 1],
  ])('in blocks of %d pages makes %d calls of 120 pages', (block, calls) => {
    // Without read-ahead, and with nothing to be read in: what is left are the calls and the copies.
    const sh = streamed('f', 120, { readahead: false });
    const { syscall, copy } = sh.state().mm.costs;
    const before = cpu(sh);
    sh.run('t', stream('f', 120, { block: pages(block) }));
    expect(cpu(sh) - before).toBe(calls * syscall + 120 * copy);
  });

  test('at random reads whole blocks at multiples of the block', () => {
    const sh = streamed('f', 400, { random: true, block: pages(4), readahead: false });
    const there = new Set(sh.resident('f'));
    // 100 of 100 blocks with repetitions: about 63 different ones.
    expect(there.size).toBeGreaterThan(4 * 50);
    expect(there.size).toBeLessThan(4 * 76);
    for (const page of there) expect(range(0, 4).every((i) => there.has(page - (page % 4) + i))).toBe(true);
  });

  test('at random writes as much as it is told', () => {
    const sh = streamed('f', 100, { random: true, write: true, times: 3 });
    expect(sh.resident('f').length).toBeGreaterThan(85);
    expect(sh.resident('f').length).toBeLessThanOrEqual(100);
  });

  test('at a rate is over in its time', () => {
    // 10,000 pages a second.
    const sh = streamed('f', 1000, { rate: 10_000 * PAGE_SIZE, times: 2 });
    expect(sh.machine.now / SECOND).toBeCloseTo(0.2, 3);
  });

  test('at a rate is half way through in half the time', () => {
    const sh = boot();
    sh.spawn('t');
    sh.start('t', stream('f', 1000, { rate: 1000 * PAGE_SIZE, readahead: false }));
    sh.wait(0.5 * SECOND);
    expect(Math.abs(sh.resident('f').length - 500)).toBeLessThanOrEqual(1);
  });

  test('at a rate beyond the disk goes as fast as it can', () => {
    const times = [null, 1e12].map((rate) => streamed('f', 1000, { rate }).machine.now);
    expect(times[1]).toBe(times[0]);
  });

  test('of nothing is over at once', () => {
    expect(streamed('f', 0).resident('f')).toEqual([]);
  });

  test('that two tasks share reads each page once', () => {
    const sh = boot();
    sh.spawn('t');
    sh.spawn('u');
    sh.start('u', stream('f', 500));
    sh.run('t', stream('f', 500));
    sh.do({ op: 'wait-task', task: 'u' });
    expect(sh.number('/memory.stat', 'pgpgin')).toBe(500);
    expect(sh.state().mm.devices[0].completed).toBe(500);
  });
});
