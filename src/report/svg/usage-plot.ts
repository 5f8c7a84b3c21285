import { count } from '../../kernel/numbers.ts';
import type { FigureNames } from '../../machine/machine.ts';
import type { Kill } from '../../script/history/timeline.ts';
import type { Marks, Sample } from '../../script/result.ts';
import { sizeTicks, timeTicks } from '../axis.ts';
import type { Scale } from '../chart.ts';
import { type Called, calledMarks, MARKS, type Mark, markLabels, markOf } from '../marks.ts';
import { AWAKE_OPACITY } from '../picture/colours.ts';
import { awakeStretches, type Lasting, presentStretches } from '../picture/columns.ts';
import { spread } from '../picture/spread.ts';
import { type Band, bandsOf } from '../raster.ts';
import { type Axis, type Box, frame, linearAxis, px } from './axes.ts';
import { TEXT } from './style.ts';
import { escaped, shortened, textWidth } from './text.ts';

const LEFT = 56;
const BOTTOM = 28;
const HEADROOM = 1.05;
/** Above the plot: where limit failures are marked, and above that OOM kills with their victims' names. */
const FAILURES = { height: 14, gap: 4 } as const;
const KILLS = 22;
const LINE = 20;
/** Between a plot and the labels beside it. */
const LABEL_GAP = 12;
/** The width of what is drawn as one column of shade or of failures, px. */
const GRAIN = 2;
/** A narrower plot has shorter labels. */
const WIDE = 480;
/** In a narrow plot no tick stands so near to the right edge. */
const EDGE = 16;

/** What became of one cgroup in one run. */
export interface Chronicle {
  readonly samples: readonly Sample[];
  /** The first is the cgroup's birth. */
  readonly marks: readonly Marks[];
  readonly awake: readonly Lasting[];
  readonly failures: readonly Lasting[];
  readonly kills: readonly Pick<Kill, 'time' | 'task' | 'machine'>[];
  readonly failcnt: number;
  /** What its kernel calls all that. */
  readonly names: FigureNames;
}

/** What there has to be room for above the plot, and beside it. */
export interface Lanes {
  readonly failures: boolean;
  readonly kills: boolean;
  /** The marks at the end, whose labels stand beside it. */
  readonly marks: readonly (readonly Called[])[];
}

export interface UsagePlot {
  readonly chronicle: Chronicle;
  readonly scale: Scale;
  /** Where the stretch of time that is shown begins, ns; it ends with the scale. */
  readonly from?: number;
  readonly width: number;
  /** Of the plot itself, px. */
  readonly height: number;
  readonly lanes: Lanes;
}

const above = ({ failures, kills }: Lanes): number =>
  8 + (failures ? FAILURES.height + FAILURES.gap : 0) + (kills ? KILLS : 0);

/** Pages at the upper edge of a plot whose scale has this top. */
export const mostOf = (top: number): number => top * HEADROOM;

/** How high `usagePlot` will be. */
export const usagePlotHeight = (height: number, lanes: Lanes): number => above(lanes) + height + BOTTOM;

/** Room for labels right of a plot: of these marks, and of others that are usual. */
export function labelRoom(width: number, marks: Lanes['marks'] = []): number {
  const widths = marks.flatMap((each) =>
    labelsOf(each, width >= WIDE).map(([, label]) => textWidth(label, TEXT.small)),
  );
  return Math.max(width < WIDE ? 108 : 160, ...widths.map((each) => Math.ceil(each) + LABEL_GAP + 4));
}

const ALL = /^\S+ = \S+ = \S+/;

/** What the marks are called, each with its size, pages; equal ones have one label. */
function labelsOf(marks: readonly Called[], wide: boolean): [number, string][] {
  const labels = markLabels(marks.map((each) => ({ ...each, row: each.value })));
  return [...labels].map(([value, label]) => [value, label.replace(ALL, wide ? 'all marks' : 'all')]);
}

/** Where the plot itself is. */
export const usageBox = ({ width, height, lanes }: Pick<UsagePlot, 'width' | 'height' | 'lanes'>): Box => ({
  left: LEFT,
  right: width - labelRoom(width, lanes.marks),
  top: above(lanes),
  bottom: above(lanes) + height,
});

/** What is drawn where. */
interface Plane extends Box {
  readonly x: Axis;
  readonly y: Axis;
  readonly from: number;
  readonly until: number;
  /** Pages at the upper edge. */
  readonly most: number;
  readonly columns: number;
}

/** Usage over virtual time with its marks, the reclaimer's waking times, limit failures and OOM kills. */
export function usagePlot(asked: UsagePlot): string {
  const { chronicle, width } = asked;
  const plane = planeOf(asked);
  return [
    frame(plane, plane.x, plane.y),
    shade(chronicle.awake, plane),
    ...MARKS.toReversed().map((mark) => line(mark, chronicle, plane)),
    usage(chronicle, plane),
    failures(chronicle, plane),
    kills(chronicle.kills, plane),
    markText(calledMarks(chronicle.marks.at(-1), chronicle.names), plane, width),
    `<text class="quiet n e" x="${width}" y="${plane.bottom + 22}">virtual time</text>`,
  ].join('');
}

function planeOf(asked: UsagePlot): Plane {
  const { scale, from = 0, width } = asked;
  const box = usageBox(asked);
  const room = box.right - box.left;
  const until = Math.max(from + 1, scale.until);
  const most = mostOf(scale.top);
  // The name of the axis stands behind the last tick.
  const last = until - (until - from) * (width < WIDE ? EDGE / room : 0);
  const times = timeTicks(until, Math.max(3, Math.min(8, Math.floor(room / 90))), from);
  return {
    ...box,
    x: linearAxis(
      times.filter(({ at }) => at <= last),
      [from, until],
      [box.left, box.right],
    ),
    y: linearAxis(sizeTicks(scale.top, 4), [0, most], [box.bottom, box.top]),
    from,
    until,
    most,
    columns: Math.max(1, Math.floor(room)),
  };
}

function shade(awake: readonly Lasting[], { x, top, bottom, from, until, columns }: Plane): string {
  const { least, most } = AWAKE_OPACITY;
  const rects = awakeStretches(awake, until, Math.ceil(columns / GRAIN), from).map((each) => {
    const left = x.place(each.from);
    const opacity = Number((least + (most - least) * each.strength).toFixed(3));
    return `<rect x="${left}" y="${top}" width="${px(x.place(each.until) - left)}" height="${bottom - top}" fill-opacity="${opacity}"/>`;
  });
  return `<g class="awake">${rects.join('')}</g>`;
}

/** The mark's line, in steps where it was changed. */
function line(mark: Mark, { marks, samples }: Chronicle, { x, y, left, right, most }: Plane): string {
  const end = samples.at(-1)?.time ?? 0;
  let path = '';
  let drawing = false;
  for (const [i, at] of marks.entries()) {
    const value = markOf(at, mark);
    const [from, to] = [at.time, marks[i + 1]?.time ?? end].map((time) =>
      Math.min(right, Math.max(left, x.place(time))),
    );
    if (value === null || value > most || to <= from) {
      drawing &&= to <= from;
      continue;
    }
    path += `${drawing ? 'V' : `M${from},`}${y.place(value)}H${to}`;
    drawing = true;
  }
  return path === '' ? '' : `<path class="mark ${mark.name}" d="${path}"/>`;
}

interface Point {
  readonly at: number;
  readonly min: number;
  readonly max: number;
}

/** From what was least to what was most: where it came from, what it reached, where it went. */
function usage(chronicle: Chronicle, plane: Plane): string {
  const all = pointsOf(chronicle, plane).map(({ at, min, max }) => ({
    at: plane.x.place(at),
    min: plane.y.place(min),
    max: plane.y.place(max),
  }));
  const edge = (name: 'min' | 'max', points: readonly Point[]): string[] =>
    points
      .filter((each, i) => each[name] !== points[i - 1]?.[name] || each[name] !== points[i + 1]?.[name])
      .map((each) => `${each.at},${each[name]}`);
  const path = [...edge('max', all), ...edge('min', all.toReversed())].join('L');
  return all.length === 0 ? '' : `<g class="usage"><path d="M${path}Z"/></g>`;
}

/** Samples where there is room for them, else columns of them. */
function pointsOf({ samples, marks }: Chronicle, { from, until, columns }: Plane): Point[] {
  const first = samples.findIndex(({ time }) => time >= from);
  const past = samples.findIndex(({ time }) => time > until);
  const shown = samples.slice(Math.max(0, first - 1), past < 0 ? undefined : past + 1);
  if (first < 0) return [];
  if (shown.length <= columns) {
    return within(
      shown.map(({ time, min, max }) => ({ at: time, min, max })),
      from,
      until,
    );
  }
  const width = (until - from) / columns;
  const end = samples.at(-1)?.time ?? 0;
  const birth = marks[0]?.time ?? samples[0].time;
  return bandsOf(samples, birth, until, columns, from).flatMap((band: Band, i) =>
    band === null ? [] : [{ at: Math.min(end, from + (i + 0.5) * width), ...band }],
  );
}

/** The points up to both edges, where lines that go beyond them end. */
function within(points: readonly Point[], from: number, until: number): Point[] {
  const cut = (a: Point, b: Point, at: number): Point => {
    const share = (at - a.at) / (b.at - a.at);
    return { at, min: a.min + (b.min - a.min) * share, max: a.max + (b.max - a.max) * share };
  };
  return points.flatMap((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (point.at < from) return after === undefined || after.at <= from ? [] : [cut(point, after, from)];
    if (point.at > until)
      return before === undefined || before.at >= until ? [] : [cut(before, point, until)];
    return [point];
  });
}

/** A tick wherever charges met the limit, and how many they were. */
function failures({ failures: all, failcnt, names }: Chronicle, plane: Plane): string {
  if (all.length === 0) return '';
  const y = plane.top - FAILURES.gap - FAILURES.height;
  const columns = Math.ceil(plane.columns / GRAIN);
  const ticks = presentStretches(all, plane.until, columns, plane.from).map(({ from, until }) => {
    const [left, right] = [plane.x.place(from), plane.x.place(until)];
    return `<rect x="${left}" y="${y}" width="${px(Math.max(GRAIN, right - left))}" height="${FAILURES.height}"/>`;
  });
  const label = `<text class="bad n" x="${plane.right + 12}" y="${y + 12}">${count(failcnt)} ${names.counts[0].title}</text>`;
  return `<g class="bad">${ticks.join('')}</g>${label}`;
}

/** A cross for each OOM kill, with the victim's name where there is room. */
function kills(all: Chronicle['kills'], { x: axis, left, right, bottom, from, until }: Plane): string {
  let free = left;
  const shown = all.filter(({ time }) => time >= from && time <= until);
  const crosses = shown.map(({ time, task, machine }) => {
    const x = axis.place(time);
    const y = KILLS / 2 + 2;
    const cross = `<path class="kill" d="M${px(x - 6)},${y - 6}l12,12m0,-12l-12,12"/>`;
    const line = `<path class="kill-line" d="M${x},${y + 8}V${bottom}"/>`;
    const text = shortened(`${task} killed${machine ? ' (machine)' : ''}`, TEXT.small, 200);
    const room = textWidth(text, TEXT.small);
    const before = x + 12 + room > right;
    const start = before ? x - 12 - room : x + 12;
    if (start < free) return cross + line;
    free = (before ? x : start + room) + 16;
    const anchor = before ? ` class="bad n e" x="${px(x - 12)}"` : ` class="bad n" x="${px(x + 12)}"`;
    return `${cross}${line}<text${anchor} y="${y + 5}">${escaped(text)}</text>`;
  });
  return crosses.join('');
}

/** What each mark is called, beside the end of its line; a leader leads to where it had to give way. */
function markText(last: readonly Called[], plane: Plane, width: number): string {
  const labels = labelsOf(last, width >= WIDE).sort(([a], [b]) => b - a);
  const wishes = labels.map(([value]) => plane.y.place(Math.min(value, plane.most)));
  const sizes = labels.map(() => LINE);
  const lines = spread(wishes, sizes, plane.top - LINE / 2, plane.bottom + LINE / 2);
  return labels
    .map(([value, label], i) => {
      const y = px(lines[i]);
      const over = value > plane.most;
      const leader = `<path class="leader" d="M${plane.right + 1},${wishes[i]}L${plane.right + 9},${y}"/>`;
      // It points up where its line is above what is shown.
      const words = over ? `${label} ↑` : label;
      const size = textWidth(words, TEXT.label) > width - plane.right - LABEL_GAP ? 'n' : 'l';
      return `${over ? '' : leader}<text class="ink ${size}" x="${plane.right + LABEL_GAP}" y="${px(y + 6)}">${words}</text>`;
    })
    .join('');
}
