import { duration, plural } from '../kernel/numbers.ts';
import { cardOf, figureNamesIn } from '../machine/kernels.ts';
import { type FigureNames, type PolicyName, policyIn } from '../machine/machine.ts';
import type { CgroupResult, RunResult } from '../script/result.ts';

/** The runs of one script under several policies, in words. */

/** The policy that a run was made under. */
export const policyOf = ({ options }: RunResult): PolicyName => policyIn(options ?? {});

/** Who reclaims in the background, as reports call it. */
export const reclaimerOf = ({ options }: RunResult): string => cardOf(options ?? {}).reclaimer;

/** What the run's kernel and policy call their figures: our high is where reclaim starts, our low where it stops. */
export const namesOf = ({ options }: RunResult): FigureNames => figureNamesIn(options ?? {});

/** They are all of a kernel that has `max events`, and nobody of 2.6.26's. */
export const areNewer = (
  all: readonly { readonly runs: readonly { readonly run: RunResult }[] }[],
): boolean => all.every(({ runs }) => runs.every(({ run }) => namesOf(run).first === 'refaults'));

/** Which policy let nobody wait at the least CPU; where none did, which made tasks wait least. */
export function policiesSentence(runs: readonly RunResult[]): string {
  const failed = runs.filter((run) => run.error !== null);
  if (failed.length > 0) return `no fair comparison: ${list(failed)} ended early`;
  const sum = (run: RunResult, read: (cgroup: CgroupResult) => number): number =>
    run.cgroups.reduce((total, cgroup) => total + read(cgroup), 0);
  const stalls = (run: RunResult): number => sum(run, ({ stat }) => stat.stall_count);
  const waited = (run: RunResult): number => sum(run, ({ stat }) => stat.stall_total_ns);
  const cpu = (run: RunResult): number => sum(run, ({ stat }) => stat.bg_cpu_ns);
  const free = runs.filter((run) => stalls(run) === 0);
  const rest = runs.filter((run) => stalls(run) > 0);
  const figures = (run: RunResult): string =>
    `${policyOf(run)} ${plural(stalls(run), 'stall')} (${duration(waited(run))})`;
  const words = [
    ...(free.length > 0 ? [`no stalls under ${list(free, cpu)}`] : []),
    ...(rest.length > 0
      ? [
          rest
            .toSorted((a, b) => waited(a) - waited(b))
            .map(figures)
            .join(', '),
        ]
      : []),
  ];
  return `policies: ${words.join('; ')}`;
}

/** Names; with the reclaimer's CPU time, the least first, where it is given. */
function list(runs: readonly RunResult[], cpu?: (run: RunResult) => number): string {
  const sorted = cpu === undefined ? runs : runs.toSorted((a, b) => cpu(a) - cpu(b));
  return sorted
    .map((run) => (cpu === undefined ? policyOf(run) : `${policyOf(run)} (${duration(cpu(run))} CPU)`))
    .join(', ');
}
