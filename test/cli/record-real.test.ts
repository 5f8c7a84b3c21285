import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ReplayJson } from '../../src/report/json.ts';
import { whyNoStrace } from '../../src/workload/record/strace.ts';
import { has } from '../support/has.ts';
import {
  cool,
  countedBy,
  type Program,
  prepare,
  programs,
  RealLimit,
  traced,
} from '../support/real-programs.ts';
import { Desk } from './recordings.ts';

vi.setConfig({ testTimeout: 240_000 });
const desk = new Desk();
afterAll(() => desk.remove());

const MIB = 1 << 20;
/** Programs and libraries lie in the cache already, charged to others; a recording has them as its own. */
const LIBRARIES = 8 * MIB;
const canTrace = has(
  'strace and python3',
  process.platform === 'linux' && whyNoStrace() === null && spawnSync('python3', ['-c', '']).status === 0,
);
const limit = canTrace ? RealLimit.find() : null;
has('a memory controller whose cgroups may be made', limit !== null);

/** In the others it matters which pages a kernel keeps: 2.6.26 and later ones differ (test/bench/README.md). */
const RULES_AGREE = new Set(['loop', 'grep2', 'dd']);

const within = (part: number, found: number, real: number, more = 0): void => {
  expect(found).toBeGreaterThan(real * (1 - part) - more);
  expect(found).toBeLessThan(real * (1 + part) + more);
};

async function replayed(script: string, ...args: string[]) {
  const { status, stdout } = await desk.memcg('replay', '--policy', 'none', '--json', ...args, script);
  expect(status).toBe(0);
  const { cgroups } = JSON.parse(stdout) as ReplayJson;
  const { files, reclaim_stat } = cgroups['/default'];
  return {
    peak: Number(files['memory.max_usage_in_bytes']),
    rereads: reclaim_stat.refaults,
    isKilled: reclaim_stat.oom_kills > 0,
  };
}

/** A program in a folder of its own, with its input; and the command that runs it there, so that it finds its files. */
function prepared(program: Program, name: string): { folder: string; command: readonly string[] } {
  const folder = desk.path(name);
  mkdirSync(folder);
  prepare(folder, program);
  cool(folder, program);
  return { folder, command: ['sh', '-c', 'cd "$0" && exec "$@"', folder, ...program.command] };
}

describe.runIf(canTrace)('a real program that is recorded with --trace', () => {
  it.each(programs(48))(
    '$name: its accesses, its peak, and its re-reads under a real limit',
    async (program) => {
      const { folder, command } = prepared(program, program.name);
      const script = `${program.name}.memcg`;
      expect((await desk.memcg('record', '--trace', '-o', script, '--', ...command)).status).toBe(0);
      const said = traced(desk.path(`${program.name}.trace.csv.gz`), folder);
      if (program.known !== null) {
        within(0.02, said.accesses, program.known.accesses);
        within(0.02, said.distinct, program.known.distinct);
      }
      cool(folder, program);
      const counted = countedBy(folder, program.command);
      // What dd reads is no file.
      if (program.cold.length > 0) within(0.02, said.read, counted.read, MIB);
      within(0.02, said.written, counted.written, MIB);

      if (limit === null) return;
      const free = limit.run(folder, program, null);
      within(0.05, (await replayed(script)).peak, free.peak, LIBRARIES);
      if (!RULES_AGREE.has(program.name)) return;
      const half = Math.floor(free.peak / 2 / MIB) * MIB;
      const real = (limit.run(folder, program, half).read - free.read) / 4096;
      const { rereads } = await replayed(script, '--limit', `${half}`);
      // Where hardly anything is read again neither says more than that.
      const few = (free.peak / 4096) * 0.1;
      expect(rereads).not.toBeNull();
      expect(rereads).toBeGreaterThan(real / 2 - few);
      expect(rereads).toBeLessThan(real * 2 + few);
    },
  );
});

describe.runIf(limit !== null)('a real program that is recorded without --trace', () => {
  it.each(programs(48))(
    '$name: its peak, and that it lives under half of that; what it reads again is unknown',
    async (program) => {
      if (limit === null) return;
      const { folder, command } = prepared(program, `${program.name}-seen`);
      const script = `${program.name}-seen.memcg`;
      expect((await desk.memcg('record', '-o', script, '--', ...command)).status).toBe(0);
      const free = limit.run(folder, program, null);
      within(0.1, (await replayed(script)).peak, free.peak, LIBRARIES);
      const half = Math.floor(free.peak / 2 / MIB) * MIB;
      const real = limit.run(folder, program, half);
      const { peak, rereads, isKilled } = await replayed(script, '--limit', `${half}`);
      expect(rereads).toBeNull();
      expect({ isKilled }).toEqual({ isKilled: real.status !== 0 });
      within(0.02, peak, real.peak, MIB);
    },
  );
});
