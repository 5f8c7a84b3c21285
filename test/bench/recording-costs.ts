import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cool, type Program, prepare, toolPrograms } from '../support/real-programs.ts';
import { median } from './measure.ts';

/**
 * `npx tsx test/bench/recording-costs.ts [ROUNDS [NAME...]]`: what a program loses when it is recorded, and what the
 * recorder takes itself. For the README; it needs bash, strace and the right to make cgroups, which count CPU.
 */

const bin = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));
const rounds = Number(process.argv[2] ?? 9);
const names = process.argv.slice(3);
/** How large the programs' inputs are. */
const MIB = 32;

/** Where a cgroup of this host says what CPU its processes used, in so many a ms. */
const ACCOUNTS = [
  { path: '/sys/fs/cgroup/cpuacct', file: 'cpuacct.usage', unit: 1e6 },
  { path: '/sys/fs/cgroup', file: 'cpu.stat', unit: 1e3 },
];
const account = ACCOUNTS.find(({ path, file }) => existsSync(join(path, file)));

/** A cgroup that counts the CPU of whom `join` has moved there. */
class Group {
  readonly #folder: string;

  constructor(name: string) {
    this.#folder = `${account?.path}/memcg-cost-${process.pid}-${name}`;
    mkdirSync(this.#folder);
  }

  get procs(): string {
    return join(this.#folder, 'cgroup.procs');
  }

  /** ms. */
  get used(): number {
    const text = readFileSync(join(this.#folder, account?.file ?? ''), 'utf8');
    return Number(/\d+/.exec(text)?.[0]) / (account?.unit ?? 1);
  }

  remove(): void {
    rmdirSync(this.#folder);
  }
}

/** ms: of the program, by the wall and its CPU; and the CPU of who records it, strace included. */
interface Took {
  readonly elapsed: number;
  readonly cpu: number;
  readonly own: number;
}

const WAYS = [[], ['record'], ['record', '--trace']] as const;
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is bash's.
/** In its group, timed from beginning to end by bash, which starts nobody for that. */
const TIMED = 'echo $$ >"$0"; began=$EPOCHREALTIME; "${@:2}"; echo "$began $EPOCHREALTIME" >"$1"';
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is bash's.
const GROUPED = 'echo $$ >"$0"; exec "$@"';

class Course {
  readonly #folder: string;
  readonly #program: Group;
  readonly #recorder: Group;

  constructor(folder: string, program: Group, recorder: Group) {
    this.#folder = folder;
    this.#program = program;
    this.#recorder = recorder;
  }

  run(program: Program, [word, ...options]: readonly string[]): Took {
    cool(this.#folder, program);
    const times = join(this.#folder, 'times');
    const timed = ['bash', '-c', TIMED, this.#program.procs, times, ...program.command];
    const recorder = [process.execPath, bin, word ?? '', '--force', ...options, '-o', 'a.memcg', '--'];
    const all =
      word === undefined ? timed : ['sh', '-c', GROUPED, this.#recorder.procs, ...recorder, ...timed];
    const [cpu, own] = [this.#program.used, this.#recorder.used];
    spawnSync(all[0], all.slice(1), { cwd: this.#folder, stdio: 'ignore' });
    const [began, ended] = readFileSync(times, 'utf8').split(' ').map(Number);
    return {
      elapsed: (ended - began) * 1000,
      cpu: this.#program.used - cpu,
      own: this.#recorder.used - own,
    };
  }
}

/** What the recorder takes before and after any program. */
const NOTHING: Program = { name: 'true', prepare: ':', command: ['true'], cold: [], known: null };

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)}s`;

/** Medians of rounds, each way in turn, and not recorded a second time: that is how sure the others are. */
function row(course: Course, program: Program): string {
  const all = Array.from({ length: rounds }, (_, round) => {
    const ways = [...WAYS.keys(), WAYS.length];
    const turn = [...ways.slice(round % ways.length), ...ways.slice(0, round % ways.length)];
    const took = new Map(turn.map((way) => [way, course.run(program, WAYS[way] ?? [])]));
    return ways.map((way) => took.get(way) as Took);
  });
  const lost = (way: number, figure: 'elapsed' | 'cpu'): string =>
    percent(median(all.map((each) => each[way][figure] / each[0][figure] - 1)));
  const own = (way: number): string => seconds(median(all.map((each) => each[way].own)));
  const cells = [
    program.name,
    seconds(median(all.map(([{ elapsed }]) => elapsed))),
    seconds(median(all.map(([{ cpu }]) => cpu))),
    ...[3, 1, 2].flatMap((way) => [lost(way, 'elapsed'), lost(way, 'cpu'), ...(way === 3 ? [] : [own(way)])]),
  ];
  return `| ${cells.join(' | ')} |`;
}

const [program, recorder] = ['program', 'recorder'].map((name) => new Group(name));
console.log(`Load ${loadavg()[0].toFixed(0)}, ${rounds} rounds.

| program | alone | CPU | not recorded | CPU | recorded | CPU | recorder | with --trace | CPU | recorder |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|`);
for (const each of [NOTHING, ...toolPrograms(MIB)]) {
  if (names.length > 0 && !names.includes(each.name)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'memcg-cost-'));
  prepare(folder, each);
  console.log(row(new Course(folder, program, recorder), each));
  rmSync(folder, { recursive: true });
}
for (const group of [program, recorder]) group.remove();
