import { analyse } from '../../tune/analysis/findings.ts';
import { type Planned, sweepOf } from '../../tune/plan/plan.ts';
import type { Watched } from '../../tune/watch/screen.ts';
import type { SweepWatch } from '../../tune/watch/watch.tsx';
import type { TuneOptions } from '../options/tune.ts';
import { standardOutput } from '../output/print.ts';
import type { Asked } from './tune-asked.ts';

/** `memcg tune --watch`. */

/** The terminal is its own until it is closed. Rejects with an ExecutorFailure where no keys could come from. */
export async function watchSweeps(
  asked: Asked,
  { color }: Pick<TuneOptions, 'color'>,
  ended: () => void,
): Promise<SweepWatch> {
  const { screenTheme } = await import('../output/show-on-terminal.ts');
  const theme = screenTheme(color);
  const { SweepWatch } = await import('../../tune/watch/watch.tsx');
  const watch = new SweepWatch({ stdout: standardOutput(), theme, ended });
  watch.tell(() => watchedOf([], asked, ''));
  return watch;
}

/** The first that is not done; when all are, the last. */
export function watchedOf(
  planned: readonly Planned[],
  { job, objective }: Pick<Asked, 'job' | 'objective'>,
  bar: string,
): Watched {
  const open = planned.findIndex(({ is }) => is === 'open');
  const at = open < 0 ? Math.max(0, planned.length - 1) : open;
  const sweep = planned[at] === undefined ? null : sweepOf(planned[at]);
  return {
    tuned: sweep && { sweep, findings: analyse(sweep, objective) },
    script: sweep?.script ?? job.scripts[at].name,
    which: planned.length > 1 ? `${at + 1} of ${planned.length}` : null,
    bar,
  };
}
