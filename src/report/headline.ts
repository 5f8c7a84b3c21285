import { count, duration, percent } from '../kernel/numbers.ts';
import { cardOf } from '../machine/kernels.ts';
import type { CgroupResult, RunResult } from '../script/result.ts';
import { limitFailures } from './cgroup-table.ts';
import { namesOf } from './policy-runs.ts';
import { pressureOf } from './pressure.ts';
import { known } from './rereads.ts';

interface Totals {
  readonly failures: number;
  /** null: unknown. */
  readonly refaults: number | null;
  readonly stalls: number;
  /** What tasks waited, ns. */
  readonly waited: number;
  /** The worst of the cgroups, ns. */
  readonly p99: number;
  readonly cpu: number;
  readonly kills: number;
  /** A share of the time; null: not counted. */
  readonly pressure: number | null;
}

export function totalsOf(run: RunResult): Totals {
  const { cgroups } = run;
  const sum = (read: (cgroup: CgroupResult) => number): number =>
    cgroups.reduce((total, cgroup) => total + read(cgroup), 0);
  return {
    failures: sum((cgroup) => limitFailures(cgroup, run)),
    refaults: cgroups.some(({ stat }) => stat.refaults === null)
      ? null
      : sum(({ stat }) => stat.refaults ?? 0),
    stalls: sum(({ stat }) => stat.stall_count),
    waited: sum(({ stat }) => stat.stall_total_ns),
    p99: Math.max(0, ...cgroups.map(({ stat }) => stat.stall_p99_ns)),
    cpu: sum(({ stat }) => stat.bg_cpu_ns),
    kills: sum(({ stat }) => stat.oom_kills),
    pressure: pressureOf(run),
  };
}

/** What background reclaim did to this workload, all cgroups taken together, in one sentence. */
export function headline(on: RunResult, off: RunResult, unicode: boolean): string {
  if (on.error || off.error) return 'background reclaim: no fair comparison, a run ended early';
  const now = totalsOf(on);
  const before = totalsOf(off);
  const arrow = unicode ? '→' : '->';
  const change = (name: string, from: string, to: string): string =>
    from === to ? `${name} ${to} either way` : `${name} ${from} ${arrow} ${to}`;
  const p99 = ({ stalls, p99 }: Totals): string => (stalls > 0 ? duration(p99) : 'none');

  if (now.cpu === 0) {
    const started = on.cgroups.some(({ stat }) => stat.bg_state !== 'none');
    const why = started ? 'usage never rose above a high mark' : starting(on);
    return `background reclaim: did not run (${why})`;
  }
  const parts = [
    namesOf(on).first === 'refaults'
      ? change('refaults', known(before.refaults), known(now.refaults))
      : change('limit failures', count(before.failures), count(now.failures)),
    now.stalls + before.stalls === 0 ? 'no stalls' : change('stalls p99', p99(before), p99(now)),
    ...(now.pressure === null || before.pressure === null
      ? []
      : [change('pressure', percent(before.pressure), percent(now.pressure))]),
    ...(now.kills + before.kills > 0 ? [change('OOM kills', count(before.kills), count(now.kills))] : []),
  ];
  const share = percent(on.virtualNs > 0 ? now.cpu / on.virtualNs : 0);
  return `background reclaim: ${parts.join(', ')}, at the cost of ${duration(now.cpu)} reclaimer CPU (${share})`;
}

/** What it takes to have a reclaimer. */
function starting(run: RunResult): string {
  if (namesOf(run).first !== 'refaults') return 'writing high_wmark_in_bytes starts it';
  const { runs, start } = cardOf(run.options ?? {});
  return start === null || runs === 'in tasks'
    ? 'nobody does here: --policy names who could'
    : `writing memory.${start.knob} starts it`;
}
