import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Observed } from '../../../src/dashboard/stage/observed.ts';
import { encodeText } from '../../../src/kernel/text.ts';
import { ns } from '../../../src/kernel/units.ts';
import { Machine, type Operation } from '../../../src/machine/machine.ts';
import { Column, type Piece } from '../../../src/script/history/column.ts';
import type { Curve } from '../../../src/script/history/track.ts';
import { Track } from '../../../src/script/history/track.ts';
import { alloc, free, stream } from '../../support/behaviours.ts';

/** A machine that is tracked, and a hand that does things to it. */
class Tracked {
  readonly observed: Observed;

  constructor() {
    const machine = Machine.boot();
    this.observed = new Observed(machine, new Track(machine));
  }

  do(...operations: readonly Operation[]): void {
    for (const operation of operations)
      if (this.observed.perform(operation) === null) this.observed.run(Infinity);
  }

  mark(path: string, mark: string, text: string): void {
    this.do({ op: 'write', path: `${path}/memory.${mark}_in_bytes`, data: encodeText(text) });
  }

  wait(time: number): void {
    this.observed.run(this.observed.machine.now + time);
  }

  curve(path: string, from: number, to: number, count: number, at = to): Curve {
    const { track } = this.observed;
    if (track === null) throw new Error('it has no track');
    return track.curve(path, at, ns(from), ns(to), count);
  }
}

function busy(): Tracked {
  const tracked = new Tracked();
  tracked.do({ op: 'mkdir', path: '/web' });
  tracked.mark('/web', 'low_wmark', '4M');
  tracked.mark('/web', 'high_wmark', '6M');
  tracked.mark('/web', 'limit', '8M');
  tracked.do({ op: 'spawn', task: 't', cgroup: '/web' });
  return tracked;
}

describe('a curve', () => {
  test('has the usage, the marks and how long the reclaimer was awake', () => {
    const tracked = busy();
    tracked.wait(5e6);
    tracked.do({ op: 'run', task: 't', behaviour: stream('f', 10_000) });
    const { now } = tracked.observed.machine;
    const { stretches } = tracked.curve('/web', 0, now, 10);
    expect(stretches).toHaveLength(10);
    expect(stretches.at(-1)).toMatchObject({ time: Math.round(now), low: 1024, high: 1536, limit: 2048 });
    expect(Math.max(...stretches.map(({ max }) => max))).toBe(tracked.observed.machine.usage('/web').max);
    const awake = stretches.reduce((sum, stretch) => sum + stretch.awake, 0);
    const { bg_cpu_ns } = tracked.observed.machine.reclaimStat('/web');
    expect(awake).toBeGreaterThanOrEqual(bg_cpu_ns);
    expect(awake).toBeLessThan(now);
  });

  test('counts every failure, stall and kill once, however finely it is asked for', () => {
    const tracked = new Tracked();
    tracked.do({ op: 'mkdir', path: '/web' });
    tracked.mark('/web', 'limit', '8M');
    for (const mark of ['low_wmark', 'high_wmark', 'limit']) tracked.mark('/web', mark, '8M');
    tracked.do({ op: 'spawn', task: 't', cgroup: '/web' });
    tracked.do({ op: 'run', task: 't', behaviour: stream('f', 6000) });
    tracked.do({ op: 'run', task: 't', behaviour: alloc(4000) });
    tracked.wait(1e8);
    const { machine } = tracked.observed;
    const { stall_count, oom_kills } = machine.reclaimStat('/web');
    expect(oom_kills).toBe(1);
    for (const count of [1, 7, 500]) {
      const { stretches } = tracked.curve('/web', 0, machine.now, count);
      const sum = (key: 'failures' | 'stalls' | 'oomKills'): number =>
        stretches.reduce((total, stretch) => total + stretch[key], 0);
      expect([sum('failures'), sum('stalls'), sum('oomKills')]).toEqual([
        Number(machine.read('/web/memory.failcnt').ok && machine.looks().at(-1)?.failcnt),
        stall_count,
        oom_kills,
      ]);
    }
  });

  test('begins when the cgroup was made, and another of the same name has its own', () => {
    const tracked = new Tracked();
    tracked.wait(1e8);
    tracked.do({ op: 'mkdir', path: '/web' }, { op: 'spawn', task: 't', cgroup: '/web' });
    tracked.do({ op: 'run', task: 't', behaviour: alloc(50) });
    tracked.wait(1e8);
    tracked.do({ op: 'kill', task: 't', signal: 'KILL' }, { op: 'rmdir', path: '/web' });
    tracked.wait(1e8);
    const again = tracked.observed.machine.now;
    tracked.do({ op: 'mkdir', path: '/web' });
    tracked.wait(1e8);
    const { now } = tracked.observed.machine;
    const old = tracked.curve('/web', 0, now, 100, 1.5e8).stretches;
    expect(old[0]?.from).toBeGreaterThanOrEqual(1e8);
    expect(Math.max(...old.map(({ max }) => max))).toBe(50);
    const young = tracked.curve('/web', 0, now, 100).stretches;
    expect(young[0]?.from).toBeGreaterThanOrEqual(again);
    expect(Math.max(...young.map(({ max }) => max))).toBe(0);
  });

  test('stays with a cgroup that is renamed', () => {
    const tracked = busy();
    tracked.do({ op: 'run', task: 't', behaviour: alloc(100) });
    tracked.wait(1e8);
    tracked.do({ op: 'rename', from: '/web', to: '/site' });
    tracked.wait(1e8);
    const { now } = tracked.observed.machine;
    expect(tracked.curve('/site', 0, now, 10).stretches.map(({ last }) => last)).toEqual(Array(10).fill(100));
    expect(tracked.curve('/web', 0, now, 10, 5e7).stretches).toEqual(
      tracked.curve('/site', 0, now, 10).stretches,
    );
  });

  test('of a time in which nothing happens is flat, and costs nothing to keep', () => {
    const tracked = busy();
    tracked.do({ op: 'run', task: 't', behaviour: alloc(100) });
    const before = tracked.observed.track?.size;
    tracked.wait(3600e9);
    const { now } = tracked.observed.machine;
    expect(tracked.observed.track?.size).toBe(before);
    const { stretches } = tracked.curve('/web', now - 1e9, now, 8);
    expect(stretches.map(({ min, max }) => [min, max])).toEqual(Array(8).fill([100, 100]));
  });

  test('is as long as the past, in bounded memory', () => {
    const tracked = busy();
    for (let i = 0; i < 300; i += 1) {
      tracked.do(
        { op: 'run', task: 't', behaviour: alloc(20) },
        { op: 'run', task: 't', behaviour: free(null) },
      );
      tracked.wait(3e9);
    }
    const { machine, track } = tracked.observed;
    expect(track?.size).toBeLessThan(4 << 20);
    const { stretches } = tracked.curve('/web', 0, machine.now, 60);
    expect(stretches).toHaveLength(60);
    expect(stretches[0]?.max).toBe(20);
  });
});

describe('a column', () => {
  const pieces = fc.array(
    fc.record({
      length: fc.integer({ min: 1, max: 400 }),
      usage: fc.nat(3),
      failures: fc.constantFrom(0, 0, 0, 2),
      awake: fc.boolean(),
    }),
    { minLength: 1, maxLength: 400, size: 'max' },
  );

  test.each([true, false])('loses no failure and no time that it keeps (the whole of it: %s)', (whole) => {
    fc.assert(
      fc.property(pieces, (given) => {
        const column = new Column({ interval: 100, most: 32, whole }, 0);
        let from = 0;
        const all: Piece[] = given.map(({ length, usage, failures, awake }) => {
          const piece = {
            from,
            time: from + length,
            min: usage,
            max: usage,
            last: usage,
            marks: 0,
            awake: awake ? length : 0,
            failures,
            stalls: 0,
            oomKills: 0,
          };
          from += length;
          column.add(piece);
          return piece;
        });
        const kept: Piece[] = [];
        column.each(0, from, (piece) => kept.push(piece));
        expect(column.length).toBeLessThanOrEqual(33);
        expect(kept[0]?.from).toBe(whole ? 0 : column.begin);
        for (const [i, piece] of kept.entries()) expect(piece.time).toBe(kept[i + 1]?.from ?? from);
        const there = all.filter((piece) => piece.time > column.begin);
        const sum = (of: readonly Piece[], key: 'failures' | 'awake'): number =>
          of.reduce((total, piece) => total + piece[key], 0);
        expect(sum(kept, 'failures')).toBe(sum(there, 'failures'));
        expect(sum(kept, 'awake')).toBe(sum(there, 'awake'));
        for (const { from: begin, time, min, max, last } of kept) {
          const inside = there.filter((piece) => piece.time > begin && piece.from < time);
          expect([min, max, last]).toEqual([
            Math.min(...inside.map((piece) => piece.min)),
            Math.max(...inside.map((piece) => piece.max)),
            inside.at(-1)?.last,
          ]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
