import { count, duration, percent, times } from '../../kernel/numbers.ts';
import type { TraceEvent } from '../../kernel/trace.ts';
import { SECOND } from '../../kernel/units.ts';
import { reclaimerWord, woken } from '../draw/columns.ts';
import { rowOf, type Span } from '../draw/spans.ts';
import { fill, fillStart } from '../draw/text.ts';
import type { CgroupRow } from '../stage.ts';
import type { Theme } from '../theme.ts';

const WIDTHS = { label: 17, cell: 14 };

/** What reclaim did, in the background and by the tasks themselves, next to each other. */
export function reclaim(
  cgroup: CgroupRow,
  events: readonly TraceEvent[],
  columns: number,
  theme: Theme,
): string[] {
  const { stat, rates } = cgroup;
  const cell = Math.min(WIDTHS.cell, Math.floor((columns - WIDTHS.label - 3) / 2));
  const used = 1 + WIDTHS.label + 2 * cell + 3;
  const row = (label: string, background: string, direct: string, note = ''): string =>
    rowOf(
      [
        ' ',
        [fill(label, WIDTHS.label), theme.label],
        [fillStart(background, cell), stat.bg_passes > 0 ? theme.background : theme.label],
        [fillStart(direct, cell), stat.direct_passes > 0 ? theme.bad : theme.label],
        [used + note.length <= columns ? `   ${note}` : '', theme.label],
      ],
      columns,
    );
  const hardest = hardestPriority(cgroup.path, events);
  return [
    rowOf(
      [
        ' '.repeat(WIDTHS.label + 1),
        [fillStart('background', cell), theme.title],
        [fillStart('direct', cell), theme.title],
      ],
      columns,
    ),
    row('passes', count(stat.bg_passes), count(stat.direct_passes), 'each wants 32 pages'),
    row('pages scanned', count(stat.bg_scanned), count(stat.direct_scanned)),
    row('pages freed', count(stat.bg_reclaimed), count(stat.direct_reclaimed)),
    row(
      'freed of scanned',
      share(stat.bg_reclaimed, stat.bg_scanned),
      share(stat.direct_reclaimed, stat.direct_scanned),
      effort(stat.bg_scanned + stat.direct_scanned, stat.bg_reclaimed + stat.direct_reclaimed),
    ),
    row(
      'lowest priority',
      hardest.background,
      hardest.direct,
      '12: looks at a bit of the lists, 0: at all of them',
    ),
    row(
      'time',
      duration(stat.bg_cpu_ns),
      duration(stat.stall_total_ns),
      'CPU of the reclaimer; tasks stalled',
    ),
    row(
      'of one CPU now',
      percent(rates.reclaimerCpu),
      percent(rates.stalled),
      rates.window < SECOND ? `over the last ${duration(rates.window)}` : 'over the last second',
    ),
    ...moved(cgroup, columns, theme),
  ];
}

const share = (part: number, all: number): string => (all === 0 ? '-' : percent(part / all));

function effort(scanned: number, freed: number): string {
  if (scanned === 0) return '';
  if (freed === 0) return 'nothing that it looks at can be freed';
  const ratio = scanned / freed;
  return ratio < 1.2 ? 'nearly all it looks at can be freed' : `${times(ratio)} as many looked at as freed`;
}

/** Of the passes that are remembered: the lower, the harder it was to find pages. */
function hardestPriority(
  path: string,
  events: readonly TraceEvent[],
): { readonly background: string; readonly direct: string } {
  let background = Infinity;
  let direct = Infinity;
  for (const event of events) {
    if (event.type !== 'pass' || event.cgroup !== path) continue;
    if (event.background) background = Math.min(background, event.priority);
    else direct = Math.min(direct, event.priority);
  }
  const shown = (priority: number): string => (priority === Infinity ? '-' : `${Math.max(0, priority)}`);
  return { background: shown(background), direct: shown(direct) };
}

function moved(cgroup: CgroupRow, columns: number, theme: Theme): string[] {
  const { stat } = cgroup;
  const spans: Span[] = [
    ' ',
    [fill('reclaimer', WIDTHS.label), theme.label],
    reclaimerWord(cgroup),
    [stat.bg_state === 'none' ? '' : `, ${woken(cgroup)}`, theme.label],
  ];
  const pages = [
    ...(stat.writeback_pages > 0 ? [`${count(stat.writeback_pages)} written back`] : []),
    ...(stat.swap_out > 0 ? [`${count(stat.swap_out)} swapped out`] : []),
    ...(stat.swap_in > 0 ? [`${count(stat.swap_in)} swapped in`] : []),
    ...(stat.refaults > 0 ? [`${count(stat.refaults)} read again after they were freed`] : []),
  ];
  return [
    rowOf(spans, columns),
    ...(pages.length === 0
      ? []
      : [rowOf([' ', [fill('pages', WIDTHS.label), theme.label], pages.join(', ')], columns)]),
  ];
}
