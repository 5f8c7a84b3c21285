import { type Pages, pages } from '../kernel/units.ts';
import { figureNamesIn } from '../machine/kernels.ts';
import type { FigureNames } from '../machine/machine.ts';
import type { History, Marks } from '../script/result.ts';
import { sizeTicks, timeTicks } from './axis.ts';
import { type Look, MIN_WIDTH, type Palette, palette } from './look.ts';
import { MARKS, markLabels, markLegend, markOf, type Placed } from './marks.ts';
import { ASCII, BRAILLE, bandsOf, dotOf, rasterize } from './raster.ts';
import { paragraph } from './table.ts';

/** What the edges of a chart stand for. Charts to be compared share one. */
export interface Scale {
  /** The topmost value, in pages, at least 1. */
  readonly top: Pages;
  /** The right edge, in ns of virtual time. */
  readonly until: number;
}

const ROWS = 10;
const SIZE_TICKS = 5;
const INDENT = 2;
const LEAST_PLOT = 8;
/** What the axis is called, below the labels of the marks: a wide chart leaves it room. */
const AXIS = ' virtual time';
const ROOMY = 60;
/** A mark further above the usage than this would press the usage flat: it is not drawn. */
const NEAR = 1.5;

/** The scale that shows all of these usages, and every mark near them. */
export function scaleOf(histories: readonly History[]): Scale {
  const samples = histories.flatMap((history) => history.samples);
  const peak = samples.reduce((most, sample) => Math.max(most, sample.max), 1);
  const until = samples.reduce((most, sample) => Math.max(most, sample.time), 0);
  const values = histories.flatMap(({ marks }) =>
    marks.flatMap((at) => MARKS.map((mark) => markOf(at, mark) ?? 0)),
  );
  const top = values
    .filter((value) => value <= peak * NEAR)
    .reduce((most, value) => Math.max(most, value), peak);
  return { top: pages(top), until };
}

/**
 * Usage over virtual time, with stop, start and limit as lines: ROWS rows of plot and two of axis.
 * Empty when there is nothing to draw, or no room.
 */
export function renderChart(
  history: History,
  look: Look,
  scale: Scale = scaleOf([history]),
  names: FigureNames = figureNamesIn({}),
): string[] {
  if (history.samples.length === 0) return [];
  const width = Math.max(MIN_WIDTH, look.width);
  const paint = palette(look.color);
  const grain = look.unicode ? BRAILLE : ASCII;
  const rowOf = (value: number): number =>
    ROWS - 1 - Math.floor(dotOf(value, scale.top, ROWS * grain.down) / grain.down);

  const axis = new Map(sizeTicks(scale.top, SIZE_TICKS).map((tick) => [rowOf(tick.at), tick.label]));
  const left = INDENT + Math.max(...[...axis.values()].map((label) => label.length)) + 2;
  const placed = placedMarks(history.marks.at(-1), scale, rowOf).flatMap((each) => {
    const named = names[each.mark.name];
    return named === null ? [] : [{ ...each, called: named.name }];
  });
  const { labels, legend } = labelled(placed, width - left, look.unicode);
  const least = width < ROOMY ? 0 : AXIS.length;
  const plot = width - left - Math.max(least, ...[...labels.values()].map((label) => label.length + 1));
  if (plot < LEAST_PLOT) return [];

  const birth = history.marks[0]?.time ?? history.samples[0].time;
  const usage = rasterize(
    bandsOf(history.samples, birth, scale.until, plot * grain.across),
    scale.top,
    ROWS,
    grain,
  );
  const end = history.samples.at(-1)?.time ?? 0;
  const lines = markCells(history.marks, { ...scale, end }, plot, rowOf, look.unicode);
  const rows = usage.map((cells, row) => {
    const tick = axis.get(row);
    const edge = look.unicode ? (tick ? '┤' : '│') : tick ? '+' : '|';
    const label = labels.get(row);
    const body = drawRow(cells, lines[row], paint);
    const right = label ? ` ${paint.mark(label)}` : '';
    return `${paint.label(`${(tick ?? '').padStart(left - 2)} ${edge}`)}${body}${right}`.trimEnd();
  });
  const below = legend === '' ? [] : paragraph(paint.mark(legend), width, ' '.repeat(INDENT));
  return [...rows, ...timeAxis(scale.until, left, plot, width, look), ...below];
}

function placedMarks(
  marks: Marks | undefined,
  scale: Scale,
  rowOf: (value: number) => number,
): Omit<Placed, 'called'>[] {
  return MARKS.flatMap((mark) => {
    const value = markOf(marks, mark);
    return value === null || value > scale.top ? [] : [{ mark, value, row: rowOf(value) }];
  });
}

/** Labels at the right edge; where the plot would get narrower than half, one legend below. */
function labelled(
  placed: readonly Placed[],
  room: number,
  unicode: boolean,
): { labels: Map<number, string>; legend: string } {
  const labels = markLabels(placed);
  const widest = Math.max(0, ...[...labels.values()].map((label) => label.length));
  return widest + 1 <= room / 2
    ? { labels, legend: '' }
    : { labels: new Map(), legend: markLegend(placed, unicode) };
}

/** The marks' lines, by row and column: they step where a mark was changed, and `end` with the run. */
function markCells(
  marks: readonly Marks[],
  scale: Scale & { readonly end: number },
  plot: number,
  rowOf: (value: number) => number,
  unicode: boolean,
): (string | undefined)[][] {
  const cells = Array.from({ length: ROWS }, () => new Array<string | undefined>(plot));
  let next = 0;
  for (let column = 0; column < plot; column++) {
    if (column > 0 && (column * scale.until) / plot >= scale.end) break;
    const until = ((column + 1) * scale.until) / plot;
    while (next < marks.length && marks[next].time <= until) next++;
    // Painted from low to limit, so that where two share a cell the limit is seen.
    for (const { mark, row } of placedMarks(marks[next - 1], scale, rowOf).toReversed()) {
      cells[row][column] = unicode ? mark.line : mark.ascii;
    }
  }
  return cells;
}

/** Usage over the marks' lines, with one colour change a stretch. */
function drawRow(
  usage: readonly (string | null)[],
  marks: readonly (string | undefined)[],
  paint: Palette,
): string {
  let row = '';
  let line = '';
  for (const [column, cell] of usage.entries()) {
    const mark = cell === null ? marks[column] : undefined;
    if (mark !== undefined) {
      line += mark;
      continue;
    }
    if (line !== '') row += paint.mark(line);
    line = '';
    row += cell ?? ' ';
  }
  return line === '' ? row : row + paint.mark(line);
}

/** The line below the plot with its ticks, and the times below that. */
function timeAxis(until: number, left: number, plot: number, width: number, look: Look): string[] {
  const paint = palette(look.color);
  const [corner, dash, cross] = look.unicode ? ['└', '─', '┬'] : ['+', '-', '+'];
  const line = new Array<string>(plot).fill(dash);
  let labels = ' '.repeat(left);
  for (const tick of timeTicks(until, Math.max(3, Math.min(6, Math.floor(plot / 12))))) {
    const column = Math.min(plot - 1, Math.floor((tick.at / Math.max(1, until)) * plot));
    const centred = left + column - Math.floor((tick.label.length - 1) / 2);
    const start = Math.max(left, Math.min(centred, width - tick.label.length));
    if (tick.at > 0 && start < labels.length + 2) continue;
    line[column] = cross;
    labels = labels.padEnd(start) + tick.label;
  }
  const named = labels.padEnd(left + plot) + AXIS;
  const fits = named.length <= width && labels.length <= left + plot;
  return [paint.label(' '.repeat(left - 1) + corner + line.join('')), paint.label(fits ? named : labels)];
}
