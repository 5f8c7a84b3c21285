import type { Look } from '../../report/look.ts';
import type { Tuned } from '../analysis/findings.ts';

/** What `memcg tune` can answer in. */
export const TUNE_REPORTS = ['text', 'json', 'svg', 'html'] as const;
export type TuneReport = (typeof TUNE_REPORTS)[number];

const PLAIN: Look = { width: 80, color: false, unicode: true };

/**
 * A report of all the scripts. The same sweeps make the same bytes. What draws is loaded when it is asked for;
 * `look` is for `text` alone.
 */
export async function renderTune(
  kind: TuneReport,
  all: readonly Tuned[],
  look: Look = PLAIN,
): Promise<string> {
  switch (kind) {
    case 'text':
      return (await import('./text.ts')).renderTuneText(all, look);
    case 'json':
      return (await import('./json.ts')).renderTuneJson(all);
    case 'svg':
      return (await import('./picture/svg.ts')).renderTuneSvg(all);
    case 'html':
      return (await import('./html/page.ts')).renderTuneHtml(all);
  }
}
