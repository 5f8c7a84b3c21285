import type { Size } from '../../dashboard/draw/layout.ts';
import { cellSpans, type Row } from '../../dashboard/draw/spans.ts';
import { fillStart } from '../../dashboard/draw/text.ts';
import type { Look } from '../../dashboard/theme.ts';
import { type Findings, ownPolicy } from '../analysis/findings.ts';
import type { Rated } from '../analysis/rated.ts';
import { REGIONS, type RegionName, regionText } from '../analysis/regions.ts';
import { marksAxes, type Rooms } from '../report/picture/marks-axes.ts';

/** What a trial is on the map: each region has a sign, so that nothing is said by colour alone. */
const SIGNS: Readonly<Record<RegionName, readonly [sign: string, look: Look]>> = {
  fine: ['●', 'background'],
  'passed-by': ['▲', 'bad'],
  spins: ['◆', 'whatIf'],
  oscillates: ['■', 'mark'],
  idle: ['○', 'label'],
  failed: ['×', 'bad'],
};
const BEST: readonly [sign: string, look: Look] = ['★', 'title'];

/** Columns before the map: its labels. */
const LABELS = 9;
/** Characters. */
const ROOMS: Rooms = { x: 11, xLane: 10, y: 3, yLane: 2 };
/** Below the map: where it stands, and what it means. */
const BELOW = 2;

/** Every trial of the recommended policy where its marks are, as many rows as there is room for. */
export function mapRows(findings: Findings, { columns, rows }: Size): Row[] {
  const { best, rated } = findings;
  const policy = ownPolicy(findings) ?? '';
  const own = rated.filter(({ marks }) => marks.policy === policy);
  const [width, height] = [columns - LABELS - 2, rows - BELOW];
  const axes = marksAxes(own, policy, { left: 0, right: width - 1, top: 0, bottom: height - 1 }, ROOMS);
  const cells = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
  const looks = Array.from({ length: height }, () => new Array<Look | null>(width).fill(null));
  const put = (each: Rated, [sign, look]: readonly [string, Look]): void => {
    const { x, y } = axes.place(each);
    const [column, row] = [Math.round(x), Math.round(y)];
    if (cells[row]?.[column] === undefined) return;
    cells[row][column] = sign;
    looks[row][column] = look;
  };
  // Of those in one place, the best is seen.
  for (const each of own.toReversed()) put(each, SIGNS[each.region]);
  if (best !== null) put(best, BEST);
  const labels = new Map(axes.y.ticks.map(({ at, label }) => [Math.round(at), label]));
  return [
    ...cells.map(
      (row, y): Row => [
        [fillStart(labels.get(y) ?? '', LABELS), 'label'],
        [' │', 'label'],
        ...cellSpans(row, looks[y]),
      ],
    ),
    [[`${' '.repeat(LABELS)} └${axisLine(axes.x.ticks, width)}`, 'label']],
    [[`${' '.repeat(LABELS + 2)}→ ${axes.titles.x}   ↑ ${axes.titles.y}`, 'label']],
  ];
}

/** The axis with its labels in it, each about its place where it is free. */
function axisLine(ticks: readonly { readonly at: number; readonly label: string }[], width: number): string {
  let line = '─'.repeat(width);
  let taken = -1;
  for (const { at, label } of ticks.toSorted((a, b) => a.at - b.at)) {
    const from = Math.max(0, Math.min(width - label.length - 2, Math.round(at - label.length / 2) - 1));
    if (from <= taken) continue;
    line = `${line.slice(0, from)} ${label} ${line.slice(from + label.length + 2)}`;
    taken = from + label.length + 1;
  }
  return line;
}

/** What the signs mean, and how many trials have each. */
export function legend({ best, regions }: Findings): Row {
  const parts = REGIONS.flatMap((name): Row[] => {
    const region = regions.find((each) => each.name === name);
    if (region === undefined) return [];
    return [[SIGNS[name], ` ${regionText(name, region.policy).title} ${region.trials}   `]];
  });
  return [...parts.toReversed().flat(), ...(best === null ? [] : [BEST, ' the answer so far'])];
}
