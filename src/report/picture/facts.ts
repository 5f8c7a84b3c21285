import { count, duration, plural } from '../../kernel/numbers.ts';
import { countOf, cpuShare } from '../cgroup-table.ts';
import { namesOf, reclaimerOf } from '../policy-runs.ts';
import { UNKNOWN } from '../rereads.ts';
import type { Cell } from './shown.ts';

/** A few words about a cgroup; the meaning has a colour, see colours.ts. */
export interface Fact {
  readonly text: string;
  readonly meaning: 'bad' | 'awake' | 'plain';
}

/** What one looks for first: did charges meet the limit, did tasks wait, and what did that cost. */
export function factsOf({ cgroup, health, above, shown: { run } }: Cell): Fact[] {
  const { stat } = cgroup;
  const cpu = duration(stat.bg_cpu_ns);
  // Of one that spun it is the verdict.
  const isSaid = stat.bg_cpu_ns === 0 || health.word === 'spinning' || above.includes(` ${cpu} `);
  const names = namesOf(run);
  const reread: Fact[] =
    stat.refaults === 0 ? [] : [{ text: rereads(stat.refaults), meaning: 'plain' as const }];
  return [
    ...(names.first === 'refaults' ? reread : []),
    ...names.counts.map((each) => event(countOf(cgroup, each), each.noun)),
    ...(stat.oom_kills > 0 ? [event(stat.oom_kills, 'OOM kill')] : []),
    stat.stall_count > 0
      ? { text: `stalls p99 ${duration(stat.stall_p99_ns)}`, meaning: 'bad' }
      : { text: 'no stalls', meaning: 'plain' },
    ...(isSaid
      ? []
      : [{ text: `${reclaimerOf(run)} ${cpu} CPU (${cpuShare(stat, run)})`, meaning: 'awake' as const }]),
    ...(names.first === 'refaults' ? [] : reread),
  ];
}

const rereads = (refaults: number | null): string =>
  refaults === null ? `re-reads ${UNKNOWN}` : `${count(refaults)} refaults`;

const event = (n: number, noun: string): Fact => ({
  text: plural(n, noun),
  meaning: n > 0 ? 'bad' : 'plain',
});
