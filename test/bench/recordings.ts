import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
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
  traced,
} from '../support/real-programs.ts';

/**
 * `npx tsx test/bench/recordings.ts [MIB [NAME...]]`: what recordings with --trace say of real programs, beside what those did
 * and what a real kernel does with them under limits. For the README; it needs strace and a cgroup that it may make.
 */

/** That gcc compiles. */
const FUNCTIONS = 2000;
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

function row(program: Program): string {
  return inFolder((folder) => {
    prepare(folder, program);
    const free = limit?.run(folder, program, null);
    const record = (...options: string[]): string => {
      cool(folder, program);
      memcg(folder, 'record', '--force', ...options, '-o', 'a.memcg', '--', ...program.command);
      const { peak } = replayed(folder);
      return free === undefined ? size(peak) : `${size(peak)} (${off(peak, free.peak)})`;
    };
    const seen = record();
    const peak = record('--trace');
    const said = traced(join(folder, 'a.trace.csv.gz'), folder);
    const rereads = SHARES.map((share) => {
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

/** What ran, ms; NaN: it can't be known. */
interface Took {
  readonly elapsed: number;
  readonly cpu: number;
}

/** Where a cgroup of this host says what CPU its processes used, in so many a ms. */
const ACCOUNTS = [
  { path: '/sys/fs/cgroup/cpuacct', file: 'cpuacct.usage', unit: 1e6 },
  { path: '/sys/fs/cgroup', file: 'cpu.stat', unit: 1e3 },
];
const account = ACCOUNTS.find(({ path, file }) => existsSync(join(path, file)));
const group = `${account?.path}/memcg-cost-${process.pid}`;

const used = (): number =>
  account === undefined
    ? Number.NaN
    : Number(/\d+/.exec(readFileSync(join(group, account.file), 'utf8'))?.[0]) / account.unit;

/** Runs it in that cgroup: strace is nobody's child, and what it used is known nowhere else. */
function run(command: readonly string[], cwd: string): Took {
  const words = ['sh', '-c', 'echo $$ >"$0/cgroup.procs"; exec "$@"', group, ...command];
  const [first, ...others] = account === undefined ? command : words;
  const before = used();
  const began = performance.now();
  spawnSync(first, others, { cwd, stdio: 'ignore' });
  return { elapsed: performance.now() - began, cpu: used() - before };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians of rounds in turn: elapsed by the recording's own clock, and CPU, less what a recording of nothing takes. */
function cost(name: string, command: readonly string[], cwd: string, rounds: number): string {
  return inFolder((folder) => {
    const out = join(folder, 'a.memcg');
    const recorded = (words: readonly string[], ...options: string[]): Took => {
      const { cpu } = run(
        [process.execPath, bin, 'record', '--force', ...options, '-o', out, '--', ...words],
        cwd,
      );
      const [, time, unit] = /^# In ([\d.]+)(m?s):/m.exec(readFileSync(out, 'utf8')) ?? [];
      return { elapsed: Number(time) * (unit === 's' ? 1000 : 1), cpu };
    };
    const of = (...options: string[]): Took => {
      const nothing = recorded(['true'], ...options);
      const { elapsed, cpu } = recorded(command, ...options);
      return { elapsed, cpu: cpu - nothing.cpu };
    };
    const all = Array.from({ length: rounds }, () => [run(command, cwd), of(), of('--trace')]);
    const [plain, without, trace] = [0, 1, 2].map((i) => ({
      elapsed: median(all.map((each) => each[i].elapsed)),
      cpu: median(all.map((each) => each[i].cpu)),
    }));
    const more = (took: Took): string => `${off(took.elapsed, plain.elapsed)} | ${off(took.cpu, plain.cpu)}`;
    const [elapsed, cpu] = [plain.elapsed, plain.cpu].map((ms) => `${(ms / 1000).toFixed(2)}s`);
    return `| ${name} | ${elapsed} | ${cpu} | ${more(without)} | ${more(trace)} |`;
  });
}

console.log(`| program | pages accessed (known) | different pages (known) | peak (off a real one) | without --trace | re-reads at 90 % (real) | at 70 % | at 50 % | at 30 % |
|---|--:|--:|--:|--:|--:|--:|--:|--:|`);
const names = process.argv.slice(3);
const isAsked = (name: string): boolean => names.length === 0 || names.includes(name);
for (const program of [...programs(mib), ...memoryPrograms(mib)])
  if (isAsked(program.name)) console.log(row(program));
if (isAsked('costs')) costs();

function costs(): void {
  if (account !== undefined) mkdirSync(group);
  console.log(
    '\n| cost of recording | alone | CPU | record | CPU | record --trace | CPU |\n|---|--:|--:|--:|--:|--:|--:|',
  );
  console.log(
    inFolder((folder) => {
      const lines = Array.from(
        { length: FUNCTIONS },
        (_, i) => `int f${i}(int a) { return a * ${i} + (a >> ${i % 31}); }`,
      );
      writeFileSync(join(folder, 'a.c'), `#include <stdio.h>\n#include <stdlib.h>\n${lines.join('\n')}\n`);
      return cost('gcc -O1', ['gcc', '-O1', '-c', '-o', join(folder, 'a.o'), join(folder, 'a.c')], folder, 5);
    }),
  );
  console.log(cost('tsc --noEmit', ['node_modules/.bin/tsc', '--noEmit', '-p', '.'], project, 3));
  if (account !== undefined) rmdirSync(group);
}
