import { count } from '../../kernel/numbers.ts';
import type { Pages } from '../../kernel/units.ts';
import type { Marks } from '../../script/result.ts';
import type { Kill } from '../../script/timeline.ts';
import { sizeTicks, timeTicks } from '../axis.ts';
import type { Scale } from '../chart.ts';
import { MARKS, markLabels, markOf } from '../marks.ts';
import { AWAKE_OPACITY } from '../picture/colours.ts';
import { awakeStretches, presentStretches, type Stretch } from '../picture/columns.ts';
import { markLabel } from '../picture/mark-label.ts';
import type { Cell } from '../picture/shown.ts';
import { spread } from '../picture/spread.ts';
import { bandsOf } from '../raster.ts';
import { drawn, type Frame, Plot } from './draw.ts';
import { TEXT } from './style.ts';
import { escaped, shortened, textWidth } from './text.ts';

const LEFT = 56;
const BOTTOM = 28;
const HEADROOM = 1.05;
/** Above the plot: where limit failures are marked, and above that OOM kills with their victims' names. */
const FAILURES = { height: 14, gap: 4 } as const;
const KILLS = 22;
const LINE = 20;
/** The width of what is drawn as one column, px. */
const GRAIN = 2;
/** A narrower plot has shorter labels. */
const WIDE = 480;
/** In a narrow plot no tick stands so near to the right edge. */
const EDGE = 16;

/** What there has to be room for above the plot. */
export interface Lanes {
  readonly failures: boolean;
  readonly kills: boolean;
}

export interface UsagePlot {
  readonly cell: Cell;
  readonly scale: Scale;
  readonly width: number;
  /** Of the plot itself, px. */
  readonly height: number;
  readonly lanes: Lanes;
}

const above = ({ failures, kills }: Lanes): number =>
  8 + (failures ? FAILURES.height + FAILURES.gap : 0) + (kills ? KILLS : 0);

/** How high `usagePlot` will be. */
export const usagePlotHeight = (height: number, lanes: Lanes): number => above(lanes) + height + BOTTOM;

/** Room for labels right of a plot. */
export const labelRoom = (width: number): number => (width < WIDE ? 108 : 160);

/** Usage over virtual time with its marks, the reclaimer's waking times, limit failures and OOM kills. */
export function usagePlot(asked: UsagePlot): string {
  const { cell, scale, width, height, lanes } = asked;
  const frame = {
    width,
    height: usagePlotHeight(height, lanes),
    left: LEFT,
    right: labelRoom(width),
    top: above(lanes),
    bottom: BOTTOM,
  };
  const place = placesOf(frame, scale);
  return [
    drawn(frame, drawing(asked, place)),
    failures(cell, place),
    kills(cell.timeline?.kills ?? [], place),
    markText(cell, place, width),
    `<text class="quiet n e" x="${width}" y="${place.bottom + 22}">virtual time</text>`,
  ].join('');
}

/** The edges of the plot, px, and what they stand for. */
interface Places {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Pages at the upper edge. */
  readonly most: number;
  readonly until: number;
  readonly columns: number;
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
}

function placesOf(frame: Frame, scale: Scale): Places {
  const { left, top } = frame;
  const [right, bottom] = [frame.width - frame.right, frame.height - frame.bottom];
  const most = scale.top * HEADROOM;
  const until = Math.max(1, scale.until);
  return {
    left,
    right,
    top,
    bottom,
    most,
    until,
    columns: Math.max(1, Math.floor((right - left) / GRAIN)),
    x: (time) => px(left + (time / until) * (right - left)),
    y: (value) => px(bottom - (value / most) * (bottom - top)),
  };
}

const px = (length: number): number => Math.round(length * 10) / 10;

function drawing({ cell, scale, width }: UsagePlot, place: Places) {
  const { cgroup, timeline } = cell;
  const { most, until } = place;
  const sizes = sizeTicks(scale.top, 4);
  const room = place.right - place.left;
  // The name of the axis stands behind the last tick.
  const last = until * (1 - (width < WIDE ? EDGE / room : 0));
  const times = timeTicks(until, Math.max(3, Math.min(8, Math.floor(room / 90)))).filter(
    ({ at }) => at <= last,
  );
  return {
    x: { type: 'linear' as const, domain: [0, until] },
    y: { type: 'linear' as const, domain: [0, most] },
    marks: [
      Plot.ruleY(sizes, { y: 'at', className: 'grid' }),
      Plot.rect(awakeStretches(timeline?.awake ?? [], until, place.columns), {
        x1: 'from',
        x2: 'until',
        y1: 0,
        y2: most,
        fillOpacity: ({ strength }: Stretch) => opacity(strength),
        inset: 0,
        className: 'awake',
      }),
      ...MARKS.toReversed().map((mark) =>
        Plot.line(steps(cgroup.history.marks, until), {
          x: 'time',
          y: ({ marks }: Step) => drawnMark(markOf(marks, mark), most),
          curve: 'step-after',
          className: mark.name,
        }),
      ),
      Plot.areaY(usageOf(cell, place), {
        x: 'at',
        y1: 'min',
        y2: 'max',
        fill: 'currentColor',
        stroke: 'currentColor',
        className: 'usage',
      }),
      Plot.axisX({
        ticks: times.map(({ at }) => at),
        tickFormat: labelsOf(times),
        label: null,
        className: 'axis',
      }),
      Plot.axisY({
        ticks: sizes.map(({ at }) => at),
        tickFormat: labelsOf(sizes),
        label: null,
        className: 'axis',
      }),
    ],
  };
}

const opacity = (strength: number): number =>
  Number((AWAKE_OPACITY.least + (AWAKE_OPACITY.most - AWAKE_OPACITY.least) * strength).toFixed(3));

const labelsOf =
  (ticks: readonly { at: number; label: string }[]) =>
  (at: number): string =>
    ticks.find((tick) => tick.at === at)?.label ?? '';

const drawnMark = (value: Pages | null, most: number): number | undefined =>
  value === null || value > most ? undefined : value;

interface Step {
  readonly time: number;
  readonly marks: Marks;
}

/** The marks from each change on, and at the end. */
const steps = (marks: readonly Marks[], until: number): Step[] => [
  ...marks.map((each) => ({ time: each.time, marks: each })),
  ...marks.slice(-1).map((each) => ({ time: until, marks: each })),
];

/** Usage by column: where it came from, what it reached, where it went. */
function usageOf(cell: Cell, place: Places): { at: number; min: number; max: number }[] {
  const { samples, marks } = cell.cgroup.history;
  const birth = marks[0]?.time ?? samples[0]?.time ?? 0;
  const width = place.until / place.columns;
  const end = samples.at(-1)?.time ?? 0;
  return bandsOf(samples, birth, place.until, place.columns).flatMap((band, i) =>
    band === null ? [] : [{ at: Math.min(end, (i + 0.5) * width), ...band }],
  );
}

/** A tick wherever charges met the limit, and how many they were. */
function failures({ cgroup, timeline }: Cell, place: Places): string {
  const all = timeline?.failures ?? [];
  if (all.length === 0) return '';
  const y = place.top - FAILURES.gap - FAILURES.height;
  const ticks = presentStretches(all, place.until, place.columns).map(({ from, until }) => {
    const [left, right] = [place.x(from), place.x(until)];
    return `<rect x="${left}" y="${y}" width="${px(Math.max(GRAIN, right - left))}" height="${FAILURES.height}"/>`;
  });
  const number = count(Number(cgroup.files['memory.failcnt'] ?? 0));
  const label = `<text class="bad n" x="${place.right + 12}" y="${y + 12}">${number} failures</text>`;
  return `<g class="bad">${ticks.join('')}</g>${label}`;
}

/** A cross for each OOM kill, with the victim's name where there is room. */
function kills(all: readonly Kill[], place: Places): string {
  let free = place.left;
  const crosses = all.map(({ time, task, machine }) => {
    const x = place.x(time);
    const y = KILLS / 2 + 2;
    const cross = `<path class="kill" d="M${x - 6},${y - 6}l12,12m0,-12l-12,12"/>`;
    const line = `<g class="kill"><line x1="${x}" x2="${x}" y1="${y + 8}" y2="${place.bottom}"/></g>`;
    const text = shortened(`${task} killed${machine ? ' (machine)' : ''}`, TEXT.small, 200);
    const room = textWidth(text, TEXT.small);
    const before = x + 12 + room > place.right;
    const start = before ? x - 12 - room : x + 12;
    if (start < free) return cross + line;
    free = (before ? x : start + room) + 16;
    const anchor = before ? ` class="bad n e" x="${px(x - 12)}"` : ` class="bad n" x="${px(x + 12)}"`;
    return `${cross}${line}<text${anchor} y="${y + 5}">${escaped(text)}</text>`;
  });
  return crosses.join('');
}

/** What each mark is called, beside the end of its line; a leader leads to where it had to give way. */
function markText({ cgroup }: Cell, place: Places, width: number): string {
  const last = cgroup.history.marks.at(-1);
  const placed = MARKS.flatMap((mark) => {
    const value = markOf(last, mark);
    return value === null ? [] : [{ mark, value, row: value }];
  });
  const labels = [...markLabels(placed, width >= WIDE)].sort(([a], [b]) => b - a);
  const wishes = labels.map(([value]) => place.y(Math.min(value, place.most)));
  const sizes = labels.map(() => LINE);
  const lines = spread(wishes, sizes, place.top - LINE / 2, place.bottom + LINE / 2);
  return labels
    .map(([value, label], i) => {
      const y = px(lines[i]);
      const over = value > place.most;
      const leader = `<path class="leader" d="M${place.right + 1},${wishes[i]}L${place.right + 9},${y}"/>`;
      const words = markLabel(label, over, width >= WIDE);
      const size = textWidth(words, TEXT.label) > labelRoom(width) - 12 ? 'n' : 'l';
      return `${over ? '' : leader}<text class="ink ${size}" x="${place.right + 12}" y="${px(y + 6)}">${words}</text>`;
    })
    .join('');
}
