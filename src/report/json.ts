import type { Errno } from '../kernel/errno.ts';
import { PAGE_SIZE, type Pages } from '../kernel/units.ts';
import type { ReclaimStat, TaskView } from '../machine/machine.ts';
import type { RunResult } from '../script/result.ts';
import { policyOf } from './policy-runs.ts';
import { hasUnknown, REREADS_UNKNOWN } from './rereads.ts';

/** A line and column count from 1; 0 where there is none (the command line, a file that could not be opened). */
export interface PlaceJson {
  file: string;
  line: number;
  column: number;
}

/**
 * What `memcg replay --json` prints for one script. Names are stable; more may be added.
 * Sizes in `reclaim_stat` and `tasks` are pages of 4096 bytes, times are virtual nanoseconds.
 */
export interface ReplayJson {
  /** No refusal outside `fails`, no other error, no failed expectation. */
  ok: boolean;
  virtual_ns: number;
  expectations: {
    passed: number;
    /** `text` as it was written, `found` as the machine had it. */
    failed: (PlaceJson & { text: string; found: string })[];
    /** How many more failed than are listed; absent when all are. */
    omitted?: number;
  };
  /** By path, in order of creation: `/` and `/default` always. */
  cgroups: Record<
    string,
    {
      /** Full names (`memory.failcnt`); the kernel's text less its last newline. Files that can't be read are left out. */
      files: Record<string, string>;
      /** The numbers of memory.reclaim_stat, also where that file is switched off. */
      reclaim_stat: ReclaimStat;
    }
  >;
  /** Where `refaults` of a cgroup is null: what that means, and how to learn them; absent when all is known. */
  unknown?: string;
  /** Those that are gone too, with `killed`. */
  tasks: TaskView[];
  /** `floor_pages`: the lowest low watermark that the workload could reach. */
  warnings: { time_ns: number; cgroup: string; text: string; floor_pages: number }[];
  /** What the script's commands printed, less the last newline. */
  output: { line: number; text: string }[];
  /** Why the run ended before its last line; absent when it did not. */
  error?: PlaceJson & { message: string; errno: Errno | null };
  /** With `--policy` of several: what was run, and under which. */
  script?: string;
  policy?: string;
  /** With `--limit` of several: the one that it was run under. */
  limit_bytes?: number;
  /** With `--compare`: the same script without background reclaim. It does not count for `ok`. */
  compare?: ReplayJson;
}

/** What `memcg replay --json` prints for several scripts, or under several policies or limits: script by script. */
export interface ReplaysJson {
  /** Every one of them is. */
  ok: boolean;
  runs: ReplayJson[];
}

/** One run as `--json` prints it; `without` is the second run of `--compare`. */
export function toJson(run: RunResult, without?: RunResult): ReplayJson {
  const { passed, failed, omitted } = run.expectations;
  return {
    ok: run.ok,
    virtual_ns: run.virtualNs,
    expectations: {
      passed,
      failed: failed.map(({ file, line, column, text, found }) => ({ file, line, column, text, found })),
      ...(omitted > 0 && { omitted }),
    },
    // A cgroup may be called `/__proto__`: fromEntries makes it a plain entry, assignment would not.
    cgroups: Object.fromEntries(
      run.cgroups.map(({ path, files, stat }) => [path, { files: { ...files }, reclaim_stat: { ...stat } }]),
    ),
    ...(hasUnknown(run.cgroups) && { unknown: REREADS_UNKNOWN }),
    tasks: run.tasks.map((task) => ({ ...task })),
    warnings: run.warnings.map(({ time, cgroup, text, floor }) => ({
      time_ns: time,
      cgroup,
      text,
      floor_pages: floor,
    })),
    output: run.output.map(({ line, text }) => ({ line, text })),
    ...(run.error && { error: errorOf(run.error) }),
    ...(without && { compare: toJson(without) }),
  };
}

function errorOf(error: NonNullable<RunResult['error']>): NonNullable<ReplayJson['error']> {
  const { file, line, column, message, why, errno } = error;
  return { file, line, column, message: why === '' ? message : `${message}: ${why}`, errno };
}

/** One of the runs under several policies. */
export const toPolicyJson = (run: RunResult): ReplayJson => ({
  script: run.script,
  policy: policyOf(run),
  ...toJson(run),
});

/** One of the runs under several limits. */
export const toLimitJson = (run: RunResult, limit: Pages): ReplayJson => ({
  script: run.script,
  limit_bytes: limit * PAGE_SIZE,
  ...toJson(run),
});

/** Several runs, each as toJson gave it. */
export const toRunsJson = (runs: readonly ReplayJson[]): ReplaysJson => ({
  ok: runs.every((run) => run.ok),
  runs: [...runs],
});
