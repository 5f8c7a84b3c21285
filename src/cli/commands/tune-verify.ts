import { compact, pageSize } from '../../kernel/numbers.ts';
import { visible } from '../../kernel/visible.ts';
import { palette } from '../../report/look.ts';
import { paragraph, type Row, table } from '../../report/table.ts';
import { Mistake } from '../../script/mistake.ts';
import { EXIT } from '../../script/result.ts';
import type { Tuned } from '../../tune/analysis/findings.ts';
import type { Rated } from '../../tune/analysis/rated.ts';
import { marksKey } from '../../tune/sweep.ts';
import type { Standin } from '../../verify/carry.ts';
import { type Proven, provenMarks } from '../../verify/marks.ts';
import type { TuneOptions } from '../options/tune.ts';
import { lookOfOutput } from '../output/look.ts';
import { complain } from '../output/say.ts';

/** The end of `memcg tune --verify`: what it recommends, and two others, on a real kernel. */

const MOST = 3;
/** ms, of each run. */
const WITHIN = 600_000;

/** Prints what came, and answers the exit status. */
export async function proveMarks(
  tuned: readonly Tuned[],
  options: TuneOptions,
  signal: AbortSignal,
): Promise<number> {
  let status = 0;
  for (const { sweep, findings } of tuned) {
    const rated = candidates(findings);
    if (rated.length === 0) continue;
    const asked = { script: sweep.scripts[0], group: options.job.group, signal, within: WITHIN };
    const all = rated.map(({ marks }) => ({ ...marks, standin: standinFor(marks.policy) }));
    try {
      const proven = await provenMarks(asked, all);
      if (!Array.isArray(proven)) return complain(`--verify: ${proven.message}`, EXIT[proven.kind]);
      process.stdout.write(textOf(sweep.script, rated, proven, options));
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      status = complain(`--verify: ${error.message}`, EXIT.mistake);
    }
  }
  return status;
}

/** The recommended marks, and others that come to mind: the cheapest, of another policy, the next best. */
function candidates({ best, cheapest, policies, rated }: Tuned['findings']): Rated[] {
  if (best === null) return [];
  const all = [
    best,
    ...(cheapest === null ? [] : [cheapest.rated]),
    ...policies,
    ...rated.filter(({ outside }) => !outside),
  ];
  return all
    .filter(({ marks }) => marks.policy !== 'none')
    .filter((each, i, list) => list.findIndex(({ marks }) => marksKey(marks) === marksKey(each.marks)) === i)
    .slice(0, MOST);
}

/** A policy of some kernel's own runs as a loop in user space by the same marks. */
const standinFor = (policy: string): Standin => (policy === 'memory.high' ? policy : 'reclaim-loop');

/** What it takes to have marks at all there. */
const LOOPS = ' (Who reclaims by marks ran as a loop in user space, but memory.high.)';

function textOf(
  script: string,
  rated: readonly Rated[],
  proven: readonly Proven[],
  { width, color }: TuneOptions,
): string {
  const look = lookOfOutput(width, color);
  const { title } = palette(look.color);
  const said = (value: number | null | undefined): string =>
    value === null || value === undefined ? 'unknown' : compact(value);
  const rows = rated.map(({ marks, figures }, i): Row => {
    const { predicted, real } = proven[i];
    return {
      label: nameOf(marks),
      cells: [
        said(figures.refaults),
        said(predicted['refaults']),
        said(real['refaults']),
        said(real['limit events']),
        said(real['OOM kills']),
      ],
    };
  });
  const head = ['refaults: tune', 'as 6.1', 'real', 'limit met', 'killed'];
  return [
    '',
    title(`${visible(script)}, on a real Linux 6.1`),
    ...table(head, rows, look.width),
    ...paragraph(`${verdict(rated, proven)}${LOOPS}`, look.width),
    '',
  ].join('\n');
}

const nameOf = ({ policy, high, low }: Rated['marks']): string =>
  `${policy}, ${pageSize(high)} to ${pageSize(low)}`;

function verdict(rated: readonly Rated[], proven: readonly Proven[]): string {
  const pain = ({ real }: Proven): number[] =>
    ['OOM kills', 'limit events', 'refaults'].map((figure) => real[figure] ?? 0);
  const less = (a: number[], b: number[]): boolean => {
    const at = a.findIndex((value, i) => value !== b[i]);
    return at >= 0 && a[at] < b[at];
  };
  const best = proven.reduce((least, each) => (less(pain(each), pain(least)) ? each : least));
  if (best === proven[0]) return 'None of the others does better there than what is recommended.';
  return `There ${nameOf(rated[proven.indexOf(best)].marks)} does better than what is recommended: it meets the limit ${compact(pain(best)[1])} times for ${compact(pain(proven[0])[1])}.`;
}
