import { describe, expect, it } from 'vitest';
import { Machine } from '../../src/machine/machine.ts';
import { exitStatus, MAX_SAMPLES, type RunResult } from '../../src/script/result.ts';
import type { TraceOpener } from '../../src/script/traces.ts';
import { runLines } from './scripts.ts';

const WORK = [
  'set default low_wmark_in_bytes=2M high_wmark_in_bytes=3M limit_in_bytes=4M',
  'spawn a',
  'spawn b',
  'start a stream f 32M --random --write',
  'run b alloc 1M',
  'run b touch all --pattern zipf=0.9 --times 200',
  'wait a',
];

/** A result without what depends on where somebody looked. */
function withoutCharts(result: RunResult): object {
  return { ...result, cgroups: result.cgroups.map(({ history: _, ...rest }) => rest) };
}

/** A machine that stops more often than it is asked to. */
function restless(machine: Machine, step: number): Machine {
  const run = machine.run.bind(machine);
  machine.run = (until) =>
    run(Math.min(until ?? Number.POSITIVE_INFINITY, machine.now + step) as typeof machine.now);
  return machine;
}

describe('driving a machine', () => {
  it.each([9_999, 77_777, 3_000_000])(
    'changes no result, whether it looks every %i ns or not',
    async (step) => {
      const plain = await runLines(WORK);
      const often = await runLines(WORK, { bootMachine: (options) => restless(Machine.boot(options), step) });
      expect(plain.ok).toBe(true);
      expect(withoutCharts(often)).toEqual(withoutCharts(plain));
    },
  );

  it('lets others have a turn while the machine works', async () => {
    let wall = 0;
    const told: number[] = [];
    await runLines(WORK, { clock: () => (wall += 10), progress: (now) => told.push(now) });
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual(told.toSorted((x, y) => x - y));
  });

  it('ends with what there is when it is interrupted', async () => {
    const interrupt = new AbortController();
    let wall = 0;
    const result = await runLines(['spawn a', 'run a stream f 1T', 'print never'], {
      clock: () => (wall += 10),
      progress: (now) => now > 0 && interrupt.abort(),
      signal: interrupt.signal,
    });
    expect(result.error).toMatchObject({ kind: 'interrupted', line: 2 });
    expect(exitStatus(result)).toBe(130);
    expect(result.cgroups[1].usage.usage).toBeGreaterThan(0);
    expect(result.output).toEqual([]);
  });
});

describe('charts', () => {
  it('have so many samples at most, the last of them at the end', async () => {
    const lines = [
      'spawn a',
      'start a stream f 1G --rate 1M/s',
      ...Array.from({ length: 50 }, (_, i) => `at ${i * 200}ms`),
    ];
    const result = await runLines(lines);
    const { samples } = result.cgroups[1].history;
    expect(samples.length).toBeGreaterThan(MAX_SAMPLES / 4);
    expect(samples.length).toBeLessThanOrEqual(MAX_SAMPLES);
    expect(samples.at(-1)?.time).toBe(result.virtualNs);
    expect(samples.every(({ min, max, last }) => min <= last && last <= max)).toBe(true);
    const times = samples.map(({ time }) => time);
    expect(times).toEqual([...new Set(times)].sort((x, y) => x - y));
    expect(samples.at(-1)?.max).toBe(result.cgroups[1].usage.max);
  });

  it('know when a mark was set, and that it was not before', async () => {
    const result = await runLines([
      'wait 10ms',
      'write low_wmark_in_bytes 1M',
      'wait 10ms',
      'write low_wmark_in_bytes 1M',
    ]);
    expect(result.cgroups[1].history.marks).toEqual([
      { time: 0, low: null, high: null, limit: null },
      { time: 10e6, low: 256, high: null, limit: null },
    ]);
  });

  it('follow a cgroup that is renamed, and begin anew with one that is made again', async () => {
    const lines = [
      'spawn a',
      'run a stream f 1M',
      'mv default other',
      'mkdir web',
      'wait 5ms',
      'rmdir web',
      'wait 5ms',
      'mkdir web',
    ];
    const { cgroups, virtualNs } = await runLines(lines);
    expect(cgroups.map(({ path }) => path)).toEqual(['/', '/other', '/web']);
    expect(cgroups[1].history.samples[0].time).toBe(0);
    expect(cgroups[2].history.samples[0].time).toBe(virtualNs);
  });
});

describe('a recorded trace', () => {
  /** Twice as many page reads as one batch holds. */
  const RECORDS = 40_000;

  class Damage extends Error {}

  function opener(damagedAt = Number.POSITIVE_INFINITY): TraceOpener & { opened: string[]; closed: number } {
    return {
      opened: [],
      closed: 0,
      fault: (format) => (format === 'csv' ? null : `unknown format ${format}`),
      isFault: (error): error is Error => error instanceof Damage,
      async open(path) {
        this.opened.push(path);
        if (path.endsWith('nothing.csv')) throw new Damage(`${path}: there is no such file`);
        return {
          id: path,
          sha256: async () => 'ab'.repeat(32),
          files: [''],
          close: async () => {
            this.closed += 1;
          },
          read: async (from, max) => {
            if (from >= damagedAt) throw new Damage(`t.csv:${from}: damaged`);
            const length = Math.min(max, RECORDS - from);
            const batch = {
              time: Float64Array.from({ length }, (_, i) => (from + i) * 1000),
              file: new Int32Array(length),
              page: Float64Array.from({ length }, (_, i) => (from + i) % 1000),
              count: new Int32Array(length).fill(1),
              op: new Uint8Array(length),
            };
            return { batch, last: from + length >= RECORDS };
          },
        };
      },
    };
  }

  it('is fed to the machine batch by batch, and closed', async () => {
    const traces = opener();
    const result = await runLines(['spawn a', 'run a trace t.csv --asap', 'expect usage_in_bytes == 4000k'], {
      traces,
    });
    expect(result).toMatchObject({ ok: true, error: null });
    expect(traces).toMatchObject({ opened: ['t.csv'], closed: 1 });
  });

  it('may be read by two tasks at their own pace', async () => {
    const traces = opener();
    const lines = [
      'spawn a',
      'spawn b',
      'start a trace t.csv --asap',
      'start b trace t.csv --asap',
      'wait a',
      'wait b',
    ];
    expect(await runLines(lines, { traces })).toMatchObject({ ok: true, error: null });
    expect(traces).toMatchObject({ opened: ['t.csv', 't.csv'], closed: 2 });
  });

  it.each([
    [
      'is damaged',
      'run a trace t.csv',
      20_000,
      { kind: 'world', line: 2, message: 't.csv:32768: damaged' },
      3,
    ],
    ['is not there', 'run a trace nothing.csv', 0, { kind: 'world', line: 2 }, 3],
    ['has an unknown format', 'run a trace t.csv --format cvs', 0, { kind: 'mistake', line: 2 }, 2],
  ])('that %s ends the script', async (_, line, damagedAt, error, status) => {
    const traces = opener(damagedAt);
    const result = await runLines(['spawn a', line], { traces });
    expect(result.error).toMatchObject(error);
    expect(exitStatus(result)).toBe(status);
    expect(traces.closed).toBe(traces.opened.filter((path) => path === 't.csv').length);
  });
});
