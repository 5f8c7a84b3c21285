import { count, duration, percent, times } from '../../kernel/numbers.ts';
import type { TraceEvent } from '../../kernel/trace.ts';
import { SECOND } from '../../kernel/units.ts';
import { known } from '../../report/rereads.ts';
import { reclaimerWord, woken } from '../draw/columns.ts';
import type { Row, Span } from '../draw/spans.ts';
import { fill, fillStart } from '../draw/text.ts';
import type { CgroupRow } from '../stage/stage.ts';

const WIDTHS = { label: 17, cell: 14 };

/** What reclaim did, in the background and by the tasks themselves, next to each other. */
export function reclaim(cgroup: CgroupRow, events: readonly TraceEvent[], columns: number): Row[] {
  const { stat, rates } = cgroup;
  const cell = Math.min(WIDTHS.cell, Math.floor((columns - WIDTHS.label - 3) / 2));
  const used = 1 + WIDTHS.label + 2 * cell + 3;
  const row = (label: string, background: string, direct: string, note = ''): Row => [
    ' ',
    [fill(label, WIDTHS.label), 'label'],
    [fillStart(background, cell), stat.bg_passes > 0 ? 'background' : 'label'],
    [fillStart(direct, cell), stat.direct_passes > 0 ? 'bad' : 'label'],
    [used + note.length <= columns ? `   ${note}` : '', 'label'],
  ];
  const hardest = hardestPriority(cgroup.path, events);
  return [
    [
      ' '.repeat(WIDTHS.label + 1),
      [fillStart('background', cell), 'title'],
      [fillStart('direct', cell), 'title'],
    ],
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
    ...moved(cgroup),
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

function moved(cgroup: CgroupRow): Row[] {
  const { stat } = cgroup;
  const spans: Span[] = [
    ' ',
    [fill('reclaimer', WIDTHS.label), 'label'],
    reclaimerWord(cgroup),
    [stat.bg_state === 'none' ? '' : `, ${woken(cgroup)}`, 'label'],
  ];
  const pages = [
    ...(stat.writeback_pages > 0 ? [`${count(stat.writeback_pages)} written back`] : []),
    ...(stat.swap_out > 0 ? [`${count(stat.swap_out)} swapped out`] : []),
    ...(stat.swap_in > 0 ? [`${count(stat.swap_in)} swapped in`] : []),
    ...(stat.refaults === 0 ? [] : [`${known(stat.refaults)} read again after they were freed`]),
  ];
  return pages.length === 0
    ? [spans]
    : [spans, [' ', [fill('pages', WIDTHS.label), 'label'], pages.join(', ')]];
}
