import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { size } from '../../src/kernel/numbers.ts';
import { PAGE_SIZE } from '../../src/kernel/units.ts';
import type { ReplayJson } from '../../src/report/json.ts';
import {
  cool,
  memoryPrograms,
  type Program,
  prepare,
  programs,
  RealLimit,
  toolPrograms,
  traced,
} from '../support/real-programs.ts';

/**
 * `npx tsx test/bench/recordings.ts [MIB [NAME...]]`: what recordings with --trace say of real programs, beside what those did
 * and what a real kernel does with them under limits. For the README; it needs strace and a cgroup that it may make.
 */

const SHARES = [0.9, 0.7, 0.5, 0.3];
const project = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(project, 'bin', 'memcg.js');
const mib = Number(process.argv[2] ?? 64);
const limit = RealLimit.find();
const memcg = (cwd: string, ...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });

const inFolder = (act: (folder: string) => string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'memcg-real-'));
  try {
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

function replayed(folder: string, ...args: string[]): { peak: number; rereads: string } {
  const { stdout } = memcg(folder, 'replay', '--policy', 'none', '--json', ...args, 'a.memcg');
  const { cgroups } = JSON.parse(stdout) as ReplayJson;
  const { files, reclaim_stat } = cgroups['/default'];
  const rereads = reclaim_stat.oom_kills > 0 ? 'killed' : many(reclaim_stat.refaults);
  return { peak: Number(files['memory.max_usage_in_bytes']), rereads };
}

const off = (found: number, real: number): string => `${(100 * (found / real - 1)).toFixed(1)} %`;
const many = (count: number | null): string =>
  count === null ? 'unknown' : Math.round(count).toLocaleString('en');

/** `shares`: the limits that it is run under; those that would not come to an end under one have none. */
function row(program: Program, shares: readonly number[]): string {
  return inFolder((folder) => {
    prepare(folder, program);
    const free = limit?.run(folder, program, null);
    // Beside what that very run came to: a program is not the same twice.
    const record = (...options: string[]): string => {
      cool(folder, program);
      const run = (joining: readonly string[]): void => {
        const command = [...joining, ...program.command];
        memcg(folder, 'record', '--force', ...options, '-o', 'a.memcg', '--', ...command);
      };
      const real = limit?.peakOf(run);
      if (real === undefined) run([]);
      const { peak } = replayed(folder);
      return real === undefined ? size(peak) : `${size(peak)} (${off(peak, real)})`;
    };
    const seen = record();
    const peak = record('--trace');
    const said = traced(join(folder, 'a.trace.csv.gz'), folder);
    const rereads = SHARES.map((share) => {
      if (!shares.includes(share)) return '-';
      if (limit === null || free === undefined) return 'not measured';
      const most = Math.floor((free.peak * share) / PAGE_SIZE) * PAGE_SIZE;
      const { read, status } = limit.run(folder, program, most);
      const real = status === 0 ? many(Math.max(0, read - free.read) / PAGE_SIZE) : 'killed';
      return `${replayed(folder, '--limit', `${share * 100}%`).rereads} (${real})`;
    });
    const cells = [
      program.name,
      `${many(said.accesses)} (${many(program.known?.accesses ?? null)})`,
      `${many(said.distinct)} (${many(program.known?.distinct ?? null)})`,
      peak,
      seen,
      ...rereads,
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

console.log(`| program | pages accessed (known) | different pages (known) | peak (off that run's own) | without --trace | re-reads at 90 % (real) | at 70 % | at 50 % | at 30 % |
|---|--:|--:|--:|--:|--:|--:|--:|--:|`);
const names = process.argv.slice(3);
const isAsked = (name: string): boolean => names.length === 0 || names.includes(name);
for (const program of [...programs(mib), ...memoryPrograms(mib)])
  if (isAsked(program.name)) console.log(row(program, SHARES));
for (const program of toolPrograms(mib)) if (isAsked(program.name)) console.log(row(program, []));
