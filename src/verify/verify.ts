import { PAGE_SIZE, type Pages, pages } from '../kernel/units.ts';
import { Mistake } from '../script/mistake.ts';
import { type Failure, failure } from '../script/world.ts';
import type { Standin } from './carry.ts';
import { type Comparison, compared } from './comparison.ts';
import { runInGuest } from './guest.ts';
import { ownGroup, runOnHost } from './host.ts';
import { planOf, type Round } from './plan.ts';
import { type Prediction, predict } from './prediction.ts';
import { findTools, guestMemory } from './tools.ts';

/** Where a real kernel runs: in user mode, or it is this machine's. */
export const PLACES = ['uml', 'host'] as const;
export type Place = (typeof PLACES)[number];

/** A script on a real kernel: predicted, run, and set side by side. */

export interface Verifying {
  /** A path. */
  readonly script: string;
  readonly group: string;
  /** Of the default group: pages, or a share of the peak without one; null: as the script says. */
  readonly limit: Pages | { readonly percent: number } | null;
  readonly standin: Standin | null;
  /** The program that the script is a recording of; null: the tasks alone are run. */
  readonly command: string | null;
  readonly on: Place;
  readonly signal: AbortSignal | null;
  /** ms that each real run may take. */
  readonly within: number;
}

export interface Verified {
  readonly ok: true;
  /** The limit that was set on the default group; null: the script's. */
  readonly limit: Pages | null;
  readonly comparison: Comparison;
  /** ms. */
  readonly took: { readonly predicted: number; readonly real: number };
}

/** Of a guest, and of the machine that predicts it. */
export const GUEST_MEMORY = pages(2 ** 19);
/** ms, for a guest to boot and to end. */
export const PATIENCE = 60_000;

/** Throws a Mistake for what is missing here or can't be asked of a real kernel. */
export async function verified(asked: Verifying): Promise<Verified | Failure> {
  const { script, group, standin, signal, within, on } = asked;
  const host = on === 'host' ? ownGroup() : null;
  const began = performance.now();
  // What is missing is said before anything is run.
  if (host === null) findTools();
  const memory = host === null ? guestMemory(GUEST_MEMORY) : GUEST_MEMORY;
  const about = { script, group, standin, signal, memory };
  const free = await predict(about, 'none');
  const limit = limitOf(asked, free);
  const limited = await predict(about, limit);
  const failed = [free, limited].map(faultOf).find((each) => each !== null);
  if (failed) return failed;
  const rounds: Round[] = [
    { name: 'limited', within, prediction: limited },
    { name: 'free', within, prediction: free },
    ...programRounds(asked, limited),
  ];
  const plan = await planOf(rounds, host?.version);
  const predicted = performance.now();
  const swap = limited.result.options?.swap ?? pages(0);
  if (host !== null && swap > 0)
    throw new Mistake('swap of its own has a guest alone: leave --on host out', 0);
  const options = { signal, within: rounds.length * within + PATIENCE };
  const results =
    host === null
      ? await runInGuest(plan, findTools(), { ...options, memory, swap, copied: folderOf(asked) })
      : await runOnHost(plan, host, options);
  if (!('rounds' in results)) return results;
  const took = { predicted: predicted - began, real: performance.now() - predicted };
  return { ok: true, limit, comparison: compared(limited, free, plan, results, group), took };
}

function limitOf({ limit, group }: Verifying, free: Prediction): Pages | null {
  if (limit === null || typeof limit === 'number') return limit;
  const peak = free.result.cgroups.find(({ path }) => path === group)?.usage.max ?? 0;
  const share = pages(Math.floor((peak * limit.percent) / 100));
  if (share === 0) throw new Mistake(`--limit: nothing is charged to ${group}`, 0);
  return share;
}

/** That a task dies is a result; what is wrong with the script or the world is none. */
export function faultOf({ result }: Prediction): Failure | null {
  const { error } = result;
  if (error === null || error.kind === 'refused') return null;
  return failure(error.kind, `${error.file}:${error.line}: ${error.message}`, error.why);
}

const folderOf = ({ command }: Verifying): string | null => (command === null ? null : process.cwd());

/** Under the limit of the group that it was recorded in, and without. */
function programRounds(asked: Verifying, { result }: Prediction): Round[] {
  const { command, group, within } = asked;
  const folder = folderOf(asked);
  if (command === null || folder === null) return [];
  const max = result.cgroups.find(({ path }) => path === group)?.files['memory.max'] ?? 'max';
  const limit = max === 'max' ? null : pages(Number(max) / PAGE_SIZE);
  return [
    { name: 'program', within, program: { command, folder, limit } },
    { name: 'program-free', within, program: { command, folder, limit: null } },
  ];
}
