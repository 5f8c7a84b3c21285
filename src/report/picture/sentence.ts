import { count, duration, percent, plural } from '../../kernel/numbers.ts';
import { visible } from '../../kernel/visible.ts';
import type { CgroupResult, RunResult } from '../../script/result.ts';
import { countOf } from '../cgroup-table.ts';
import { namesOf, reclaimerOf } from '../policy-runs.ts';
import { pressureOf } from '../pressure.ts';
import { hasUnknown, UNKNOWN } from '../rereads.ts';

/** What came out of one run, all cgroups taken together: `no limit failures, no stalls; memcontd took ...`. */
export function runSentence(run: RunResult): string {
  const sum = (read: (cgroup: CgroupResult) => number): number =>
    run.cgroups.reduce((total, cgroup) => total + read(cgroup), 0);
  const stalls = sum(({ stat }) => stat.stall_count);
  const p99 = Math.max(0, ...run.cgroups.map(({ stat }) => stat.stall_p99_ns));
  const kills = sum(({ stat }) => stat.oom_kills);
  const names = namesOf(run);
  const pressure = pressureOf(run);
  const rereads = sum(({ stat }) => stat.refaults ?? 0);
  const events = [
    ...(names.first === 'refaults' && !hasUnknown(run.cgroups) ? [some(rereads, 'refault')] : []),
    ...names.counts.map((each) =>
      some(
        sum((cgroup) => countOf(cgroup, each)),
        each.noun,
      ),
    ),
    stalls > 0 ? `${some(stalls, 'stall')} (p99 ${duration(p99)})` : 'no stalls',
    ...(pressure === null ? [] : [`pressure ${percent(pressure)}`]),
    ...(kills > 0 ? [some(kills, 'OOM kill')] : []),
  ];
  const unknown = hasUnknown(run.cgroups) ? [`re-reads ${UNKNOWN}`] : [];
  return [events.join(', '), reclaimer(run, sum), ...unknown, ...expectations(run), ...ending(run)].join(
    '; ',
  );
}

const some = (n: number, noun: string): string => (n === 0 ? `no ${noun}s` : plural(n, noun));

function reclaimer(run: RunResult, sum: (read: (cgroup: CgroupResult) => number) => number): string {
  const cpu = sum(({ stat }) => stat.bg_cpu_ns);
  const who = reclaimerOf(run);
  if (cpu === 0) return `${who} did not run`;
  return `${who} took ${duration(cpu)} of CPU time (${percent(run.virtualNs > 0 ? cpu / run.virtualNs : 0)})`;
}

function expectations({ expectations: { passed, failed, omitted } }: RunResult): string[] {
  const wrong = failed.length + omitted;
  const all = passed + wrong;
  if (all === 0) return [];
  return [
    wrong > 0 ? `${count(wrong)} of ${some(all, 'expectation')} failed` : `${some(all, 'expectation')} met`,
  ];
}

function ending({ error }: RunResult): string[] {
  if (error === null) return [];
  return [error.kind === 'interrupted' ? 'interrupted' : `ended early: ${visible(error.message)}`];
}
