import { describe, expect, test } from 'vitest';
import { newRandom, nextBelow } from '../../src/kernel/random.ts';
import { MILLISECOND, ns, pages, SECOND } from '../../src/kernel/units.ts';
import { KERNEL_VERSIONS, type Stop } from '../../src/machine/machine.ts';
import { DROP, TRUNCATE } from '../../src/task/behaviour.ts';
import { type Access, batchOf, trace } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';
import { fingerprint } from '../support/texts.ts';

/** Starts a trace, and feeds it these accesses at one go when it asks for them. */
function replay(accesses: readonly Access[], asap: boolean, sh: Console = boot()): Console {
  sh.spawn('t');
  sh.machine.perform({ op: 'run', task: 't', behaviour: trace('recorded', asap) });
  expect(sh.machine.run(null)).toEqual({ why: 'needs', source: 'recorded', record: 0, task: 't' });
  sh.machine.feed('recorded', batchOf(accesses), true);
  expect(sh.machine.run(null)).toMatchObject({ why: 'done', result: { ok: true } });
  return sh;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('a trace', () => {
  test('reads and writes the pages of its records, and no others', () => {
    const sh = replay(
      [
        { time: 0, page: 10 },
        { time: 0, page: 100, count: 20 },
        { time: 0, page: 50, count: 3, write: true },
        { time: 0, page: 10, write: true },
      ],
      true,
    );
    expect(sh.resident('recorded')).toEqual([10, 50, 51, 52, ...range(100, 120)]);
    expect(sh.unwritten.dirty).toBe(4);
    expect(sh.state().mm.devices[0].completed).toBe(21);
  });

  test('forgets what is cut off, dirty or not, and what is clean where it is told to', () => {
    const sh = replay(
      [
        { time: 0, page: 0, count: 20 },
        { time: 0, page: 5, count: 2, write: true },
        { time: 0, page: 4, count: 6, op: DROP },
        { time: 0, page: 15, count: 2, write: true },
        { time: 0, page: 16, count: 0, op: TRUNCATE },
        { time: 0, page: 30 },
      ],
      true,
    );
    expect(sh.resident('recorded')).toEqual([0, 1, 2, 3, 5, 6, ...range(10, 16), 30]);
    expect(sh.unwritten.dirty).toBe(3);
  });

  test('a page that was cut off is read again, and is no refault', () => {
    const accesses = [{ page: 0 }, { page: 0, count: 0, op: TRUNCATE }, { page: 0 }];
    const sh = replay(
      accesses.map((access) => ({ time: 0, ...access })),
      true,
    );
    expect(sh.state().mm.devices[0].completed).toBe(2);
    expect(sh.machine.reclaimStat('/').refaults).toBe(0);
  });

  test('does each record not before its time', () => {
    const sh = replay(
      [
        { time: 0, page: 0 },
        { time: 40 * MILLISECOND, page: 1 },
        { time: 3 * SECOND, page: 2 },
      ],
      false,
    );
    expect(sh.machine.now).toBeGreaterThanOrEqual(3 * SECOND);
    expect(sh.machine.now).toBeLessThan(3 * SECOND + MILLISECOND);
  });

  test('asap takes no notice of the times', () => {
    const sh = replay(
      [
        { time: 0, page: 0 },
        { time: 3600 * SECOND, page: 1 },
      ],
      true,
    );
    expect(sh.machine.now).toBeLessThan(MILLISECOND);
  });

  test('that falls behind goes on at once', () => {
    // A thousand reads of the disk in a microsecond.
    const accesses = range(0, 1000).map((i) => ({ time: i, page: (i * 7919) % 100_000 }));
    const late = replay(accesses, false).machine.now;
    expect(late).toBe(replay(accesses, true).machine.now);
    expect(late).toBeGreaterThan(1000 * 100_000);
  });

  test('makes a page active when it is touched a second time, right after the first as well', () => {
    const sh = replay(
      [
        { time: 0, page: 1 },
        { time: 0, page: 1 },
        { time: 0, page: 2 },
        { time: 0, page: 3 },
        { time: 0, page: 2 },
      ],
      true,
    );
    expect(sh.lists('/')).toEqual({ active: 2, inactive: 1 });
  });

  test('keeps the files that it has apart', () => {
    const sh = replay(
      [
        { time: 0, page: 0 },
        { time: 0, page: 0, file: 1 },
        { time: 0, page: 0, file: 2 },
        { time: 0, page: 0, file: 1 },
      ],
      true,
    );
    expect(sh.usage('/')).toBe(3);
    expect(sh.state().mm.files.size).toBe(3);
  });

  const read = (page: number, file = 0): Access => ({ time: 0, page, file });
  test.each<[string, Access[]]>([
    ['of a file that its first record opens', range(0, 200).map((i) => read((i * 37) % 150))],
    ['of a place in its file that a record before has made', [read(5), read(600), read(601), read(600)]],
    ['of several files in turn', range(0, 200).map((i) => read((i * 37) % 50, i % 3))],
    [
      'that has been written to',
      [read(1), { time: 0, page: 2, write: true }, ...range(0, 99).map((i) => read(i % 5))],
    ],
    [
      'between requests of many pages',
      range(0, 200).map((i) => ({ time: 0, page: (i * 7) % 300, count: 1 + (i % 3) })),
    ],
  ])('reads pages %s as it does when every event is looked at', (_, accesses) => {
    const stateOf = (watched: (() => boolean) | null): string => {
      const sh = boot();
      sh.spawn('t');
      sh.machine.perform({ op: 'run', task: 't', behaviour: trace('recorded', true) });
      sh.machine.run(null, watched);
      sh.machine.feed('recorded', batchOf(accesses), true);
      expect(sh.machine.run(null, watched)).toMatchObject({ why: 'done' });
      return fingerprint(sh.machine);
    };
    expect(stateOf(null)).toBe(stateOf(() => false));
  });

  test.each(KERNEL_VERSIONS)(
    'that makes slots for more pages than are kept is the same whether or not each event is looked at, on %s',
    (kernel) => {
      const random = newRandom(11);
      // More chunks than are kept without a page, some of which come again and again.
      const accesses = Array.from({ length: 10_000 }, () => ({
        time: 0,
        page: 512 * nextBelow(random, [1500, 40_000][nextBelow(random, 2)]),
      }));
      const endOf = (watched: (() => boolean) | null): string => {
        const sh = boot({ memory: pages(1024), kernel });
        sh.spawn('t');
        sh.machine.perform({ op: 'run', task: 't', behaviour: trace('recorded', true) });
        sh.machine.run(null, watched);
        sh.machine.feed('recorded', batchOf(accesses), true);
        expect(sh.machine.run(null, watched)).toMatchObject({ why: 'done' });
        return fingerprint(sh.machine);
      };
      expect(endOf(null)).toBe(endOf(() => false));
    },
  );

  test('of no records is over at once', () => {
    expect(replay([], false).usage('/')).toBe(0);
  });

  test('asks for its records from where it stands, batch after batch', () => {
    const sh = boot();
    sh.spawn('t');
    sh.machine.perform({ op: 'run', task: 't', behaviour: trace('recorded', true) });
    const asked: Stop[] = [];
    for (const size of [5, 1, 70, 3]) {
      const stop = sh.machine.run(null);
      asked.push(stop);
      sh.machine.feed('recorded', batchOf(range(0, size).map((page) => ({ time: 0, page }))), size === 3);
    }
    expect(asked.map((stop) => stop.why === 'needs' && stop.record)).toEqual([0, 5, 6, 76]);
    expect(sh.machine.run(null)).toMatchObject({ why: 'done' });
    expect(sh.resident('recorded')).toEqual(range(0, 70));
  });

  test('stops the machine until it is fed', () => {
    const sh = boot();
    sh.spawn('t');
    sh.start('t', trace('recorded'));
    const stop = sh.machine.run(ns(10 * SECOND));
    expect(stop).toMatchObject({ why: 'needs' });
    const { now } = sh.machine;
    expect(sh.machine.run(ns(10 * SECOND))).toEqual(stop);
    expect(sh.machine.now).toBe(now);
  });

  test('takes no records that it has not asked for', () => {
    const sh = boot();
    expect(() => sh.machine.feed('recorded', batchOf([]), true)).toThrow('nothing needs records');
    sh.spawn('t');
    sh.start('t', trace('recorded'));
    sh.machine.run(ns(SECOND));
    expect(() => sh.machine.feed('another', batchOf([]), true)).toThrow('nothing needs records of another');
  });

  test('of two tasks from the same source feeds each', () => {
    const sh = boot({ cpus: 1 });
    for (const task of ['t', 'u']) {
      sh.spawn(task);
      sh.start(task, trace('recorded', true));
    }
    const fed: string[] = [];
    for (let stop = sh.machine.run(ns(SECOND)); stop.why === 'needs'; stop = sh.machine.run(ns(SECOND))) {
      fed.push(stop.task);
      sh.machine.feed(stop.source, batchOf([{ time: 0, page: fed.length }]), true);
    }
    expect(fed.sort()).toEqual(['t', 'u']);
    expect(sh.resident('recorded')).toEqual([1, 2]);
  });
});
