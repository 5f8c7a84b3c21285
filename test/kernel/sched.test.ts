import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK, EXIT, GO_ON, MAY_PREEMPT, type StepEnd, wakeUp, YIELD } from '../../src/kernel/sched.ts';
import { STOPPED, setUserNice, type Thread } from '../../src/kernel/thread.ts';
import { weightOf } from '../reference/thread.ts';
import { naiveSlices } from '../reference/workers.ts';
import { newThread } from '../support/threads.ts';
import { type Step, Workers } from '../support/workers.ts';

const MS = 1e6;
const S = 1e9;

describe('fair shares', () => {
  test.each<[number, readonly number[]]>([
    [1, [0, 0]],
    [1, [0, 0, 0, 0, 0]],
    [1, [0, 5]],
    [1, [-5, 0, 5]],
    [1, [-20, 19]],
    [1, [0, 10, 10, 19]],
    [2, [0, 0, 0]],
    [2, [0, 0, 0, 0, 0]],
    [2, [0, 0, 1, 3, 3]],
    [4, [0, 0, 0, 0, 0, 0, 0]],
  ])('on %d CPU(s) threads of nice %j get CPU time by their weights', (cpus, nices) => {
    const workers = new Workers(cpus);
    const threads = nices.map((nice, i) => workers.spinner(i + 1, nice));
    workers.runUntil(20 * S);
    const weights = threads.reduce((sum, thread) => sum + thread.weight, 0);
    for (const thread of threads) {
      const fair = (20 * S * cpus * thread.weight) / weights;
      expect(Math.abs(thread.sumExec - fair)).toBeLessThan(0.02 * 20 * S);
    }
  });

  test('no thread gets more than one CPU, the others share what is left', () => {
    const workers = new Workers(2);
    const heavy = workers.spinner(1, -20);
    const light = [2, 3].map((pid) => workers.spinner(pid));
    workers.runUntil(10 * S);
    expect(heavy.sumExec / S).toBeCloseTo(10, 0);
    for (const thread of light) expect(thread.sumExec / S).toBeCloseTo(5, 0);
  });

  test('a step of nice is about a quarter more', () => {
    for (let nice = -20; nice < 19; nice += 1) {
      const ratio = newThread(1, nice).weight / newThread(1, nice + 1).weight;
      expect(ratio).toBeGreaterThan(1.15);
      expect(ratio).toBeLessThan(1.35);
      expect(newThread(1, nice).weight).toBe(weightOf({ nice }));
    }
    expect(newThread(1, 0).weight).toBe(1024);
  });

  test('nice is kept between -20 and 19', () => {
    const thread = newThread(1, 0);
    setUserNice(thread, -100);
    expect(thread).toMatchObject({ nice: -20, weight: 88761 });
    setUserNice(thread, 100);
    expect(thread).toMatchObject({ nice: 19, weight: 15 });
  });

  test('a renice counts from now on', () => {
    const workers = new Workers(1);
    const [one, two] = [workers.spinner(1), workers.spinner(2)];
    workers.runUntil(10 * S);
    setUserNice(two, 19);
    workers.runUntil(20 * S);
    expect(one.sumExec / two.sumExec).toBeGreaterThan(2.5);
  });
});

describe('waking', () => {
  /** A spinner with calls of 1 ms, each of so many steps, and a sleeper that wakes every 50 ms. */
  function delays(steps: number): number[] {
    const workers = new Workers(1);
    let step = 0;
    workers.add(1, 0, () => {
      step += 1;
      return { cost: MS / steps, end: step % steps === 0 ? MAY_PREEMPT : GO_ON };
    });
    let due = 0;
    const late: number[] = [];
    workers.add(2, 0, () => {
      if (due > 0) late.push(workers.sched.now - due);
      due = workers.sched.now + 50 * MS + 1000;
      return { cost: 1000, end: BLOCK, sleep: 50 * MS };
    });
    workers.runUntil(2 * S);
    return late;
  }

  test.each([1, 10])(
    'a sleeper preempts at the end of the call in hand (%d steps), not of the slice',
    (steps) => {
      const late = delays(steps);
      expect(late.length).toBeGreaterThan(30);
      expect(Math.max(...late)).toBeLessThanOrEqual(MS);
    },
  );

  test('a woken thread never runs inside a step of another', () => {
    const workers = new Workers(1);
    const sleeper = workers.script(1, 0, [{ cost: 0, end: BLOCK }]);
    workers.runUntil(0);
    workers.spinner(2);
    workers.runUntil(100 * MS);
    let woken = false;
    workers.add(3, -20, () => {
      // Ten charges of a batch, say; the first wakes somebody who is far ahead.
      if (!woken) woken = wakeUp(workers.sched, sleeper);
      return { cost: 10 * MS, end: MAY_PREEMPT };
    });
    workers.runUntil(200 * MS);
    const waker = workers.slices.find((slice) => slice.pid === 3);
    const after = workers.slices.filter((slice) => slice.pid === 1 && slice.from > 0);
    expect(after.length).toBe(1);
    expect(after[0].from).toBeGreaterThanOrEqual(waker?.to ?? Infinity);
  });

  test('a sleeper comes back with 20 ms of credit at most, however long it slept', () => {
    const workers = new Workers(1);
    const sleeper = workers.script(1, 0, [
      { cost: 0, end: BLOCK, sleep: 5 * S },
      ...Array.from({ length: 1000 }, (): Step => ({ cost: MS, end: MAY_PREEMPT })),
    ]);
    const spinner = workers.spinner(2);
    workers.runUntil(5 * S);
    const before = spinner.sumExec;
    workers.runUntil(5 * S + 200 * MS);
    expect(sleeper.sumExec - (spinner.sumExec - before)).toBeLessThanOrEqual(25 * MS);
    expect(sleeper.sumExec).toBeGreaterThan(90 * MS);
  });

  test('a thread that is stopped by a signal, runs, or is dead is not woken', () => {
    const workers = new Workers(1);
    const spinner = workers.spinner(1);
    const ended = workers.script(2, 0, []);
    const stopped: Thread = { ...newThread(3, 0), state: STOPPED };
    workers.runUntil(100 * MS);
    expect([spinner, ended, stopped].map((thread) => wakeUp(workers.sched, thread))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('a sleeper that was woken early is not woken again by its old timer', () => {
    const workers = new Workers(1);
    const steps: Step[] = [
      { cost: 0, end: BLOCK, sleep: 10 * MS },
      { cost: 0, end: BLOCK, sleep: 100 * MS },
      { cost: 0, end: EXIT },
    ];
    const sleeper = workers.script(1, 0, steps);
    workers.runUntil(5 * MS);
    wakeUp(workers.sched, sleeper);
    workers.runUntil(S);
    expect(workers.slices.map((slice) => slice.from)).toEqual([0, 5 * MS, 105 * MS]);
  });

  test('one that is woken between its decision to sleep and its end stays runnable', () => {
    const workers = new Workers(1);
    workers.script(1, 0, [
      { cost: MS, end: BLOCK, wokenAtOnce: true },
      { cost: MS, end: EXIT },
    ]);
    workers.runUntil(S);
    expect(workers.slices.map((slice) => slice.from)).toEqual([0, MS]);
  });
});

describe('giving way', () => {
  test('yield puts a thread back by its virtual run time, not behind everybody', () => {
    const workers = new Workers(1);
    workers.spinner(1);
    // Asleep it falls behind, so it is ahead of the spinner when it wakes: nobody comes between its yields.
    const yields = Array.from({ length: 4 }, (): Step => ({ cost: MS, end: YIELD }));
    workers.script(2, 0, [{ cost: 0, end: BLOCK, sleep: 50 * MS }, ...yields]);
    workers.runUntil(100 * MS);
    const first = workers.slices.findIndex((slice) => slice.pid === 2 && slice.from > 40 * MS);
    expect(workers.slices.slice(first, first + 4).map((slice) => slice.pid)).toEqual([2, 2, 2, 2]);
  });

  test('two that have run alike and yield take turns', () => {
    const workers = new Workers(1);
    const yielding = (): Step => ({ cost: MS, end: YIELD });
    workers.add(1, 0, yielding);
    workers.add(2, 0, yielding);
    workers.runUntil(9 * MS);
    expect(workers.slices.map((slice) => slice.pid)).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
  });

  test('a thread keeps its CPU for a slice when nobody is woken', () => {
    const workers = new Workers(1);
    workers.spinner(1);
    workers.spinner(2);
    workers.runUntil(S);
    const stays = workers.order();
    // 20 ms of latency are shared by two.
    expect(S / stays.length / MS).toBeGreaterThanOrEqual(9);
    expect(S / stays.length / MS).toBeLessThanOrEqual(12);
  });

  test('nobody is put off a CPU in the middle of a call', () => {
    const workers = new Workers(1);
    let step = 0;
    workers.add(1, 0, () => {
      step += 1;
      return { cost: MS, end: step % 100 === 0 ? MAY_PREEMPT : GO_ON };
    });
    workers.spinner(2);
    workers.runUntil(2 * S);
    const changes = workers.slices.filter((slice, i) => slice.pid === 2 && workers.slices[i - 1]?.pid === 1);
    expect(changes.length).toBeGreaterThan(3);
    for (const change of changes) {
      const before = workers.slices.filter((slice) => slice.pid === 1 && slice.to <= change.from);
      expect(before.length % 100).toBe(0);
    }
  });

  test('of threads that have run alike the lowest pid begins', () => {
    const workers = new Workers(1);
    for (const pid of [1, 4, 3, 2]) workers.script(pid, 0, [{ cost: MS, end: EXIT }]);
    workers.runUntil(S);
    expect(workers.order()).toEqual([1, 2, 3, 4]);
  });
});

describe('what time it takes', () => {
  test('another thread on the CPU costs a switch, the same one none', () => {
    const workers = new Workers(1, 2000);
    workers.script(1, 0, [
      { cost: MS, end: YIELD },
      { cost: MS, end: EXIT },
    ]);
    workers.script(2, 0, [{ cost: 5 * MS, end: EXIT }]);
    workers.runUntil(S);
    const [first, second, third] = workers.slices;
    expect(first.from).toBe(2000);
    expect(second).toMatchObject({ pid: 2, from: first.to + 2000 });
    expect(third).toMatchObject({ pid: 1, from: second.to + 2000 });
  });

  test('an idle CPU hears of a thread after the wake-up latency', () => {
    const workers = new Workers(2, 2000, 3000);
    workers.script(1, 0, [{ cost: 0, end: BLOCK, sleep: MS }]);
    workers.runUntil(S);
    const [first, second] = workers.slices;
    expect(first.from).toBe(5000);
    expect(second.from).toBe(5000 + MS + 5000);
  });

  test('nothing is done before, and all is done at, the time asked for', () => {
    const workers = new Workers(1);
    workers.script(1, 0, [{ cost: 0, end: BLOCK, sleep: MS }]);
    workers.runUntil(MS - 1);
    expect(workers.slices.length).toBe(1);
    workers.runUntil(MS);
    expect(workers.slices.length).toBe(2);
  });

  test('a thread that slept for ever leaves nothing to do', () => {
    const workers = new Workers(1);
    workers.script(1, 0, [{ cost: 0, end: BLOCK }]);
    workers.runUntil(Infinity);
    expect(workers.slices.length).toBe(1);
  });
});

const anyStep: fc.Arbitrary<Step> = fc.record({
  cost: fc.oneof(fc.nat(1000), fc.nat(30 * MS)),
  end: fc.constantFrom<StepEnd>(GO_ON, MAY_PREEMPT, MAY_PREEMPT, YIELD, BLOCK),
  sleep: fc.nat(40 * MS),
});
const anyScripts = fc.array(
  fc.record({ nice: fc.integer({ min: -20, max: 19 }), steps: fc.array(anyStep, { maxLength: 20 }) }),
  { minLength: 1, maxLength: 8 },
);

describe('whatever threads do', () => {
  const carriedOut = (
    cpus: number,
    scripts: readonly { nice: number; steps: readonly Step[] }[],
  ): Workers => {
    const workers = new Workers(cpus, 2000, 3000);
    for (const [i, { nice, steps }] of scripts.entries()) workers.script(i + 1, nice, steps);
    return workers;
  };

  test('they run when a naive model of the scheduler runs them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), anyScripts, (cpus, scripts) => {
        const workers = carriedOut(cpus, scripts);
        workers.runUntil(Infinity);
        expect(workers.slices).toEqual(naiveSlices(cpus, [2000, 3000], scripts));
      }),
      { numRuns: 300 },
    );
  });

  test('no CPU runs two threads at once, and no thread on two CPUs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), anyScripts, (cpus, scripts) => {
        const workers = carriedOut(cpus, scripts);
        workers.runUntil(Infinity);
        for (const key of ['cpu', 'pid'] as const) {
          const ends = new Map<number, number>();
          for (const slice of workers.slices) {
            expect(slice.from).toBeGreaterThanOrEqual(ends.get(slice[key]) ?? 0);
            ends.set(slice[key], slice.to);
          }
        }
      }),
    );
  });

  test('virtual time and the least virtual run time never go back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), anyScripts, (cpus, scripts) => {
        const workers = carriedOut(cpus, scripts);
        let least = 0;
        workers.runUntil(Infinity, () => {
          expect(workers.sched.minVruntime).toBeGreaterThanOrEqual(least);
          least = workers.sched.minVruntime;
        });
        expect(workers.times).toEqual(workers.times.toSorted((a, b) => a - b));
      }),
    );
  });

  test('everybody comes to the end, and pays for what was used', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), anyScripts, (cpus, scripts) => {
        const workers = new Workers(cpus);
        const threads = scripts.map(({ nice, steps }, i) => workers.script(i + 1, nice, steps));
        workers.runUntil(Infinity);
        const used = scripts.map(({ steps }) => steps.reduce((sum, step) => sum + step.cost, 0));
        expect(threads.map((thread) => thread.sumExec)).toEqual(used);
      }),
    );
  });

  test('no CPU is idle while somebody waits for one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), anyScripts, (cpus, scripts) => {
        const workers = carriedOut(cpus, scripts);
        workers.runUntil(Infinity, () => {
          const idle = workers.sched.cpus.some((cpu) => cpu.current === null);
          expect(idle && workers.sched.queue.length > 0).toBe(false);
        });
      }),
    );
  });

  test('the same again is the same again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), anyScripts, (cpus, scripts) => {
        const runs = [0, 1].map(() => {
          const workers = carriedOut(cpus, scripts);
          workers.runUntil(Infinity);
          return workers.slices;
        });
        expect(runs[0]).toEqual(runs[1]);
      }),
    );
  });
});
