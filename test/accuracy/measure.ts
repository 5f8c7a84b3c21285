import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PAGE_SIZE, type Pages, pages } from '../../src/kernel/units.ts';
import { programFile } from '../../src/script/package-files.ts';
import { FIGURES, valueIn } from '../../src/verify/comparison.ts';
import { runInGuest } from '../../src/verify/guest.ts';
import { PROGRAM_GROUP, planOf, type Round } from '../../src/verify/plan.ts';
import { type Prediction, predict } from '../../src/verify/prediction.ts';
import type { Results, RoundResults } from '../../src/verify/results.ts';
import { findTools, guestMemory } from '../../src/verify/tools.ts';
import { GUEST_MEMORY, PATIENCE } from '../../src/verify/verify.ts';
import type { Program, Synthetic } from './workloads.ts';

/** One workload on a real kernel, at shares of its peak: what was predicted, what its tasks did, what it did itself. */

export const SHARES = [90, 70, 50, 30] as const;

/** By the name of the figure; null: unknown. */
export type Values = Readonly<Record<string, number | null>>;

export interface Measured {
  readonly workload: string;
  readonly isProgram: boolean;
  /** Per cent of the peak; 100: no limit. */
  readonly share: number;
  readonly predicted: Values;
  /** What the script's tasks did; null: it was cut off. */
  readonly tasks: Values | null;
  /** What the program did; null: it was cut off, or there is none. */
  readonly program: Values | null;
  /** After how many s a run was cut off, and the load of the machine that it ran on, processes. */
  readonly cut: number;
  readonly load: number;
}

const GROUP = '/default';

/** `within`: ms after which a run is cut off. */
export async function measureSynthetic(workload: Synthetic, within: number): Promise<Measured[]> {
  return await inFolder(async (folder) => {
    const script = join(folder, 'workload.memcg');
    writeFileSync(script, `machine kernel=6.1\n${workload.script}`);
    const trace = workload.trace?.();
    if (trace !== undefined)
      writeFileSync(
        join(folder, 'trace.csv'),
        `time,offset,size,op\n${trace.map((page, i) => `${i / 1e6},${page * PAGE_SIZE},${PAGE_SIZE},read\n`).join('')}`,
      );
    const peak = peakOf((await predictions(script, pages(0), [])).get('tasks100'));
    const all = await predictions(script, peak, SHARES);
    const results = await run(
      [...all].map(([name, prediction]) => ({ name, within, prediction })),
      null,
    );
    return [100, ...SHARES].map((share) => measuredAt(workload.name, false, share, all, results, within));
  });
}

export async function measureProgram(
  { name, command, prepare }: Program,
  shares: readonly number[],
  within: number,
): Promise<Measured[]> {
  return await inFolder(async (folder) => {
    const work = join(folder, 'work');
    mkdirSync(work);
    prepare(work);
    const free = await run(
      [{ name: 'program100', within, program: { command, folder: work, limit: null } }],
      work,
    );
    const peak = pages(
      Math.ceil(
        (valueIn(free.rounds.get('program100')?.files.get(PROGRAM_GROUP)?.['memory.peak'], []) ?? 0) /
          PAGE_SIZE,
      ),
    );
    const script = join(folder, 'recording.memcg');
    execFileSync(
      process.execPath,
      [programFile(), 'record', '--trace', '-q', '-o', script, '--', 'sh', '-c', command],
      { cwd: work, stdio: 'ignore' },
    );
    const all = await predictions(script, peak, shares);
    // Its inputs, without what recording it has left.
    rmSync(work, { recursive: true });
    mkdirSync(work);
    prepare(work);
    const results = await run(
      [
        ...shares.map(
          (share): Round => ({
            name: `program${share}`,
            within,
            program: { command, folder: work, limit: limitOf(peak, share) },
          }),
        ),
        ...[...all].map(([each, prediction]) => ({ name: each, within, prediction })),
      ],
      work,
    );
    const both = { ...results, rounds: new Map([...free.rounds, ...results.rounds]) };
    return [100, ...shares].map((share) => measuredAt(name, true, share, all, both, within));
  });
}

/** Why nothing can be measured here; null: a guest boots. */
export async function whyNoGuest(): Promise<string | null> {
  try {
    await run([], null);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
}

const limitOf = (peak: Pages, share: number): Pages => pages(Math.floor((peak * share) / 100));

async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'memcg-accuracy-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Without a limit, and under these shares of a peak. */
async function predictions(
  script: string,
  peak: Pages,
  shares: readonly number[],
): Promise<Map<string, Prediction>> {
  const asked = { script, group: GROUP, standin: null, memory: GUEST_MEMORY, signal: null };
  const all = new Map([['tasks100', await predict(asked, 'none')]]);
  for (const share of shares) all.set(`tasks${share}`, await predict(asked, limitOf(peak, share)));
  return all;
}

const peakOf = (prediction: Prediction | undefined): Pages =>
  pages(
    Number(prediction?.result.cgroups.find(({ path }) => path === GROUP)?.files['memory.peak'] ?? 0) /
      PAGE_SIZE,
  );

async function run(rounds: readonly Round[], copied: string | null): Promise<Results> {
  const within = rounds.reduce((sum, round) => sum + round.within, PATIENCE);
  const results = await runInGuest(await planOf(rounds), findTools(), {
    memory: guestMemory(GUEST_MEMORY),
    swap: pages(0),
    signal: null,
    within,
    copied,
  });
  if (!('rounds' in results)) throw new Error(results.message);
  return results;
}

function measuredAt(
  workload: string,
  isProgram: boolean,
  share: number,
  all: ReadonlyMap<string, Prediction>,
  { rounds }: Results,
  within: number,
): Measured {
  const prediction = all.get(`tasks${share}`);
  const [group] = prediction?.result.cgroups.filter(({ path }) => path === GROUP) ?? [];
  const predicted = valuesOf(
    group?.files,
    prediction?.result.virtualNs,
    all.get('tasks100')?.result.virtualNs,
  );
  const real = (kind: string, path: string): Values | null => {
    const round = rounds.get(`${kind}${share}`);
    return round === undefined || isCut(round)
      ? null
      : valuesOf(round.files.get(path), round.elapsed, rounds.get(`${kind}100`)?.elapsed);
  };
  return {
    workload,
    isProgram,
    share,
    predicted,
    tasks: real('tasks', GROUP),
    program: real('program', PROGRAM_GROUP),
    cut: within / 1000,
    load: Math.round(loadavg()[0]),
  };
}

const ETIMEDOUT = 110;
const isCut = ({ refused }: RoundResults): boolean => refused?.errno === ETIMEDOUT;

function valuesOf(
  files: Readonly<Record<string, string>> | undefined,
  time: number | undefined,
  free: number | undefined,
): Values {
  const counts = FIGURES.map(({ name, file, keys }) => [name, valueIn(files?.[file], keys)] as const);
  return { ...Object.fromEntries(counts), time: time && free ? time / free : null };
}
