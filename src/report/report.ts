import type { Shown } from './picture/shown.ts';

/** Kinds of reports that are files, by the names of their options. */
export const REPORT_KINDS = ['svg', 'html', 'perfetto', 'csv', 'openmetrics'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/**
 * A report of this kind as the text of its file. All runs go into it. The same runs make the same
 * bytes: no dates, no real times. What draws is loaded when it is asked for.
 */
export async function renderFile(kind: ReportKind, all: readonly Shown[]): Promise<string> {
  switch (kind) {
    case 'svg':
      return (await import('./svg/svg.ts')).renderSvg(all);
    case 'html':
      return (await import('./html/html.ts')).renderHtml(all);
    case 'perfetto':
      return (await import('./perfetto.ts')).renderPerfetto(all);
    case 'csv':
      return (await import('./csv.ts')).renderCsv(all);
    case 'openmetrics':
      return (await import('./openmetrics.ts')).renderOpenMetrics(all);
  }
}
