import { availableParallelism } from 'node:os';
import { afterAll, expect, test } from 'vitest';
import type { Asked } from '../../src/cli/commands/replay-thread.ts';
import { sharedOut } from '../../src/cli/commands/replay-threads.ts';
import { pages } from '../../src/kernel/units.ts';
import { marksCommands } from '../../src/script/given-marks.ts';
import type { RunResult } from '../../src/script/result.ts';
import { runScript } from '../../src/script/run.ts';
import { wallTime } from '../../src/script/wall-time.ts';
import { traceOpener } from '../../src/workload/trace-opener.ts';
import { folder, settings } from '../script/scripts.ts';

/** Runs of one script that are shared out among threads, each loaded from its sources. */

const GROUP = '/default';
const MARKS = [64, 512, 128].map(pages).map((limit) => ({ low: limit, high: limit, limit, given: null }));
const accesses = Array.from({ length: 900 }, (_, i) => `0,read,${((i * i) % 700) * 4096},4096\n`);
const files = folder({
  'trace.memcg': 'mkdir default\nspawn a default\nrun a trace t.csv --asap\nprint read\n',
  't.csv': `time,op,offset,size\n${accesses.join('')}`,
  'endless.memcg': 'mkdir default\nspawn a default\nrun a stream f 1T --times 1000\n',
});
afterAll(files.remove);

/** All runs of a script; `change` is what another thread is told in place of what it should be. */
async function ran(script: string, signal: AbortSignal, change: Partial<Asked> = {}) {
  const asked = { ...settings(files.path(script)), history: true, timeline: true };
  const inThis: number[] = [];
  const run = (at: number): Promise<RunResult> => {
    inThis.push(at);
    const before = (booted: Parameters<typeof marksCommands>[1]) =>
      marksCommands({ marks: MARKS[at], group: GROUP, policies: [] }, booted);
    return runScript({ ...asked, before, traces: traceOpener, clock: wallTime, signal });
  };
  const results = await sharedOut(
    MARKS,
    (share) => Promise.all(share.map(run)),
    {
      script: asked.script,
      boot: null,
      input: null,
      group: GROUP,
      options: {},
      policies: [],
      keepOutput: true,
      history: true,
      timeline: true,
      ...change,
    },
    signal,
  );
  return { results: results.map((result) => ({ ...result, realMs: 0 })), inThis };
}

const never = new AbortController().signal;

test('come to the same in whichever thread they are made, and in their order', async () => {
  const shared = await ran('trace.memcg', never);
  // What a thread fails at is done in this one.
  const alone = await ran('trace.memcg', never, { options: null as never, policies: null as never });
  expect(shared.inThis).toContain(0);
  if (availableParallelism() > 1) expect(shared.inThis.length).toBeLessThan(MARKS.length);
  expect(alone.inThis.toSorted()).toEqual([0, 1, 2]);
  expect(shared.results).toEqual(alone.results);
  expect(shared.results.map(({ cgroups }) => cgroups[1].usage.limit)).toEqual([64, 512, 128]);
  expect(shared.results.map(({ error }) => error)).toEqual([null, null, null]);
});

test('end in all threads when they are interrupted', async () => {
  const { results } = await ran('endless.memcg', AbortSignal.timeout(100));
  expect(results.map(({ error }) => error?.kind)).toEqual(['interrupted', 'interrupted', 'interrupted']);
});
