import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { size } from '../../src/kernel/numbers.ts';
import { PAGE_SIZE } from '../../src/kernel/units.ts';
import { cool, type Program, prepare, programs, RealLimit, traced } from '../support/real-programs.ts';

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

interface Replayed {
  readonly files: Readonly<Record<string, string>>;
  readonly reclaim_stat: { readonly refaults: number | null };
}

function replayed(folder: string, ...args: string[]): { peak: number; rereads: number | null } {
  const { stdout } = memcg(folder, 'replay', '--policy', 'none', '--json', ...args, 'a.memcg');
  const { cgroups } = JSON.parse(stdout) as { cgroups: Readonly<Record<string, Replayed>> };
  const { files, reclaim_stat } = cgroups['/default'];
  return { peak: Number(files['memory.max_usage_in_bytes']), rereads: reclaim_stat.refaults };
}

const off = (found: number, real: number): string => `${(100 * (found / real - 1)).toFixed(1)} %`;
const many = (count: number | null): string =>
  count === null ? 'unknown' : Math.round(count).toLocaleString('en');

function row(program: Program): string {
  return inFolder((folder) => {
    prepare(folder, program);
    const free = limit?.run(folder, program, null);
    cool(folder, program);
    memcg(folder, 'record', '--trace', '-o', 'a.memcg', '--', ...program.command);
    const said = traced(join(folder, 'a.trace.csv.gz'), folder);
    const { peak } = replayed(folder);
    const rereads = SHARES.map((share) => {
      if (limit === null || free === undefined) return 'not measured';
      const most = Math.floor((free.peak * share) / PAGE_SIZE) * PAGE_SIZE;
      const real = (limit.run(folder, program, most).read - free.read) / PAGE_SIZE;
      return `${many(replayed(folder, '--limit', `${share * 100}%`).rereads)} (${many(Math.max(0, real))})`;
    });
    const cells = [
      program.name,
      `${many(said.accesses)} (${many(program.known?.accesses ?? null)})`,
      `${many(said.distinct)} (${many(program.known?.distinct ?? null)})`,
      free === undefined ? size(peak) : `${size(peak)} (${off(peak, free.peak)})`,
      ...rereads,
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

/** Least of some rounds, in turn, ms. */
function cost(name: string, command: readonly string[], cwd: string, rounds: number): string {
  return inFolder((folder) => {
    const timed = (args: readonly string[]): number => {
      const began = performance.now();
      spawnSync(args[0], args.slice(1), { cwd, stdio: 'ignore' });
      return performance.now() - began;
    };
    const out = join(folder, 'a.memcg');
    const recorded = (...options: string[]): number => {
      timed([process.execPath, bin, 'record', '--force', ...options, '-o', out, '--', ...command]);
      // By the recording's own clock: without the start of memcg.
      return Number(/^# In ([\d.]+)s:/m.exec(readFileSync(out, 'utf8'))?.[1]) * 1000;
    };
    const all = Array.from({ length: rounds }, () => [timed(command), recorded(), recorded('--trace')]);
    const [plain, without, trace] = [0, 1, 2].map((i) => Math.min(...all.map((each) => each[i])));
    return `| ${name} | ${(plain / 1000).toFixed(2)}s | ${off(without, plain)} | ${off(trace, plain)} |`;
  });
}

console.log(`| program | pages accessed (known) | different pages (known) | peak (off a real one) | re-reads at 90 % (real) | at 70 % | at 50 % | at 30 % |
|---|--:|--:|--:|--:|--:|--:|--:|`);
const names = process.argv.slice(3);
const isAsked = (name: string): boolean => names.length === 0 || names.includes(name);
for (const program of programs(mib)) if (isAsked(program.name)) console.log(row(program));
if (names.length === 0) costs();

function costs(): void {
  console.log('\n| cost of recording | alone | record | record --trace |\n|---|--:|--:|--:|');
  console.log(
    inFolder((folder) => {
      const lines = Array.from(
        { length: 1000 },
        (_, i) => `int f${i}(int a) { return a * ${i} + (a >> ${i % 31}); }`,
      );
      writeFileSync(join(folder, 'a.c'), `#include <stdio.h>\n#include <stdlib.h>\n${lines.join('\n')}\n`);
      return cost('gcc -O1', ['gcc', '-O1', '-c', '-o', join(folder, 'a.o'), join(folder, 'a.c')], folder, 3);
    }),
  );
  console.log(cost('tsc --noEmit', ['node_modules/.bin/tsc', '--noEmit', '-p', '.'], project, 2));
}
