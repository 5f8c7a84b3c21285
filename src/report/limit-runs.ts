import { compact, count, duration, pageSize } from '../kernel/numbers.ts';
import type { Pages } from '../kernel/units.ts';
import type { RunResult } from '../script/result.ts';
import { totalsOf } from './headline.ts';
import { type Look, MIN_WIDTH, palette } from './look.ts';
import { namesOf } from './policy-runs.ts';
import { ASCII, type Band, BRAILLE, rasterize } from './raster.ts';
import { known } from './rereads.ts';
import { paragraph, table } from './table.ts';
import { endedEarly, failedExpectations } from './verdict.ts';

/** The runs of one script under several limits: what each comes to, and the curve of what is read again. */

/** What a limit comes to, all cgroups taken together. */
export interface LimitPoint {
  readonly limit: Pages;
  readonly run: RunResult;
  /** null: unknown. */
  readonly rereads: number | null;
  readonly failures: number;
  readonly stalls: number;
  /** What tasks waited, and CPU of reclaimers in the background, ns. */
  readonly waited: number;
  readonly cpu: number;
  readonly kills: number;
}

/** The least limit first. */
export const pointsOf = (runs: readonly RunResult[], limits: readonly Pages[]): LimitPoint[] =>
  runs.map((run, i) => pointOf(run, limits[i])).toSorted((a, b) => a.limit - b.limit);

function pointOf(run: RunResult, limit: Pages): LimitPoint {
  const { refaults: rereads, failures, stalls, waited, cpu, kills } = totalsOf(run);
  return { limit, run, rereads, failures, stalls, waited, cpu, kills };
}

/** What the least limit costs, and from which on nothing is read again. */
export function limitsSentence(points: readonly LimitPoint[]): string {
  const failed = points.filter(({ run }) => run.error !== null).map(({ limit }) => pageSize(limit));
  if (failed.length > 0) return `limits: no fair comparison: ${failed.join(', ')} ended early`;
  const [least, most] = [points[0], points[points.length - 1]];
  const costly = points.findLastIndex(({ rereads }) => rereads !== 0);
  const free = points[costly + 1];
  if (costly < 0) return `limits: nothing is read again from ${pageSize(least.limit)} on`;
  const first = `limits: ${known(least.rereads)} re-reads at ${pageSize(least.limit)}`;
  return free === undefined
    ? `${first}, ${known(most.rereads)} at ${pageSize(most.limit)}`
    : `${first}, none from ${pageSize(free.limit)} on`;
}

/** For a person: a line a limit, and the curve. */
export function renderLimits(points: readonly LimitPoint[], asked: Look): string {
  const look = { ...asked, width: Math.max(MIN_WIDTH, asked.width) };
  const paint = palette(look.color);
  const missed = points.flatMap(({ limit, run }) => {
    const lines = [...endedEarly(run, look), ...failedExpectations(run, look)];
    return lines.length > 0 ? [...paragraph(paint.label(`${pageSize(limit)}:`), look.width), ...lines] : [];
  });
  return [
    paragraph(paint.title(limitsSentence(points)), look.width),
    limitsTable(points, look),
    limitCurve(points, look),
    missed,
  ]
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');
}

function limitsTable(points: readonly LimitPoint[], look: Look): string[] {
  const paint = palette(look.color);
  const hurts = (value: number, text: (value: number) => string = count): string =>
    value > 0 ? paint.bad(text(value)) : '0';
  const columns: readonly (readonly [string, (point: LimitPoint) => string])[] = [
    ['re-reads', ({ rereads }) => known(rereads)],
    [namesOf(points[0].run).counts[0].title, ({ failures }) => hurts(failures)],
    ['stalls', ({ stalls }) => hurts(stalls)],
    ['waited', ({ waited }) => hurts(waited, duration)],
    ['CPU', ({ cpu }) => paint.background(duration(cpu))],
    ['OOM kills', ({ kills }) => hurts(kills)],
    ['time', ({ run }) => duration(run.virtualNs)],
  ];
  const empty = {
    CPU: points.every(({ cpu }) => cpu === 0),
    'OOM kills': points.every(({ kills }) => kills === 0),
  };
  const shown = columns.filter(([name]) => !(name in empty && empty[name as keyof typeof empty]));
  return table(
    shown.map(([name]) => name),
    points.map((point) => ({
      label: paint.mark(pageSize(point.limit)),
      cells: shown.map(([, text]) => text(point)),
    })),
    look.width,
  );
}

const ROWS = 8;
const WIDEST = 64;
const LEAST_PLOT = 16;

/** Re-reads over the limit, whose axis is logarithmic. Empty where there is nothing to draw, or no room. */
function limitCurve(points: readonly LimitPoint[], look: Look): string[] {
  const most = Math.max(0, ...points.map(({ rereads }) => rereads ?? 0));
  if (most === 0 || points.length < 2 || points.some(({ rereads }) => rereads === null)) return [];
  const paint = palette(look.color);
  const grain = look.unicode ? BRAILLE : ASCII;
  const [edge, corner, dash] = look.unicode ? ['│', '└', '─'] : ['|', '+', '-'];
  const left = 2 + compact(most).length;
  const plot = Math.min(WIDEST, look.width - left - 3);
  if (plot < LEAST_PLOT) return [];
  const rows = rasterize(bandsBetween(points, plot * grain.across), most, ROWS, grain).map((cells, row) => {
    const label = row === 0 ? compact(most) : row === ROWS - 1 ? '0' : '';
    return `${paint.label(`${label.padStart(left)} ${edge}`)}${cells.map((cell) => cell ?? ' ').join('')}`.trimEnd();
  });
  const [least, greatest] = [points[0], points[points.length - 1]].map(({ limit }) => pageSize(limit));
  return [
    paint.label('  re-reads, by limit'),
    ...rows,
    paint.label(`${' '.repeat(left + 1)}${corner}${dash.repeat(plot)}`),
    paint.label(`${' '.repeat(left + 2)}${least}${greatest.padStart(plot - least.length)}`),
  ];
}

/** From each point straight to the next. */
function bandsBetween(points: readonly LimitPoint[], columns: number): Band[] {
  const place = ({ limit }: LimitPoint): number => Math.log(Math.max(1, limit));
  const [from, to] = [place(points[0]), place(points[points.length - 1])];
  let next = 1;
  return Array.from({ length: columns }, (_, column) => {
    const at = from + (column / (columns - 1)) * (to - from);
    while (next < points.length - 1 && place(points[next]) < at) next += 1;
    const [before, after] = [points[next - 1], points[next]];
    const part = Math.min(1, Math.max(0, (at - place(before)) / (place(after) - place(before) || 1)));
    const value = (before.rereads ?? 0) * (1 - part) + (after.rereads ?? 0) * part;
    return { min: value, max: value };
  });
}
