import { count, duration } from '../../../kernel/numbers.ts';
import { type Box, frame, px } from '../../../report/svg/axes.ts';
import { type LogAxis, logAxis } from '../../../report/svg/log-axis.ts';
import { type Findings, ownPolicy } from '../../analysis/findings.ts';
import type { Rated } from '../../analysis/rated.ts';
import { reclaimsInTasks } from '../../analysis/regions.ts';
import { bestName } from '../words.ts';
import { callout } from './callout.ts';
import { dot } from './region-style.ts';

/** Room of a row of points that would cover each other. */
const STEP = 9;

/** What marks cost: what the reclaimer took, 0 where it never ran (its thread's start is not work); where there is none, refaults. */
const costOf =
  (inTasks: boolean) =>
  ({ figures }: Rated): number =>
    inTasks ? (figures.refaults ?? 0) : figures.passes === 0 ? 0 : figures.cpu;

/** Stalls against reclaimer CPU: every trial of the recommended policy whose figures are known, the front, the recommendation, and no background reclaim at all. */
export function scatter(findings: Findings, asked: readonly number[], box: Box): string {
  const { front, rated, without } = findings;
  const policy = ownPolicy(findings);
  const inTasks = policy !== undefined && reclaimsInTasks(policy);
  const worked = costOf(inTasks);
  const shown = asked.filter((i) => rated[i].marks.policy === policy && rated[i].figures.stopped === null);
  const all = [...shown.map((i) => rated[i]), without];
  const calm = all.filter(({ figures }) => figures.stalls === 0).length;
  const laneRoom = Math.min(210, 84 + calm * 0.7);
  const x = logAxis({
    values: all.map(worked),
    from: box.left,
    to: box.right,
    label: inTasks ? countText : duration,
    zero: 'none',
    base: 10,
    room: 64,
    laneRoom: 56,
  });
  const y = logAxis({
    values: all.map(({ figures }) => figures.stalls),
    from: box.bottom,
    to: box.top,
    label: countText,
    zero: 'none',
    base: 10,
    room: 40,
    laneRoom,
  });
  const places = dodged(
    shown.map((i) => rated[i]),
    worked,
    x,
    y,
    Math.floor(laneRoom / STEP) - 1,
  );
  return [
    lane(y, box),
    frame(box, x, y, {
      x: inTasks ? 'refaults in one run' : 'reclaimer CPU in one run',
      y: 'stalls in one run',
    }),
    staircase(front, worked, x, y),
    ...places.map(({ at, line }, i) => dot(rated[shown[i]].region, at, line, shown[i])),
    withoutMark(without, worked, x, y, box),
    bestMark(findings, shown, places, y, box),
  ].join('');
}

/** The ground of those without stalls: where one wants to be. */
const lane = (y: LogAxis, { left, right, bottom }: Box): string =>
  y.lane === null
    ? ''
    : `<rect class="lane" x="${left}" y="${px(2 * y.lane - bottom)}" width="${right - left}" height="${px(2 * (bottom - y.lane))}"/>`;

const countText = (n: number): string => (n < 1 ? `${Number(n.toPrecision(2))}` : count(n));

type Cost = (rated: Rated) => number;

interface Place {
  readonly at: number;
  readonly line: number;
}

/**
 * In the lane of those without stalls, points that would cover each other stand below each other: the best of
 * all, which is the first, in the middle.
 */
function dodged(all: readonly Rated[], worked: Cost, x: LogAxis, y: LogAxis, rows: number): Place[] {
  const taken = Array.from({ length: rows }, (): number[] => []);
  return all.map((rated) => {
    const [at, line] = [x.place(worked(rated)), y.place(rated.figures.stalls)];
    if (rated.figures.stalls > 0) return { at, line };
    const free = taken.findIndex((row) => row.every((other) => Math.abs(other - at) >= STEP));
    // With no room left they do cover each other, here and there.
    const row = free < 0 ? taken.reduce((sum, { length }) => sum + length, 0) % rows : free;
    taken[row].push(at);
    return { at, line: line + fromMiddle(row) * STEP };
  });
}

/** 0, 1, -1, 2, -2 ... */
const fromMiddle = (row: number): number => (row % 2 === 0 ? -row / 2 : (row + 1) / 2);

/** What the least CPU buys: from point to point of the front as far as it has fewer stalls each time. */
function staircase(front: readonly Rated[], worked: Cost, x: LogAxis, y: LogAxis): string {
  const steps: Rated[] = [];
  for (const each of front) {
    const last = steps.at(-1);
    if (last === undefined || each.figures.stalls < last.figures.stalls) steps.push(each);
  }
  if (steps.length < 2) return '';
  const [first, ...others] = steps.map((each) => ({
    at: px(x.place(worked(each))),
    line: px(y.place(each.figures.stalls)),
  }));
  return `<path class="front" d="M${first.at},${first.line}${others.map(({ at, line }) => `H${at}V${line}`).join('')}"/>`;
}

function withoutMark(without: Rated, worked: Cost, x: LogAxis, y: LogAxis, box: Box): string {
  const [at, line] = [x.place(worked(without)), y.place(without.figures.stalls)];
  const cross = `<path class="ring" d="M${px(at - 7)},${px(line)}h14m-7,-7v14"/>`;
  return cross + callout(box, { x: at, y: line }, 'no background reclaim', -16);
}

function bestMark(
  findings: Findings,
  shown: readonly number[],
  places: readonly Place[],
  y: LogAxis,
  box: Box,
): string {
  const { best, rated } = findings;
  const place = places[shown.findIndex((i) => rated[i] === best)];
  if (place === undefined) return '';
  const others = places.map(({ at, line }) => ({ x: at, y: line }));
  // Above the lane, where nobody else is.
  const rise =
    best?.figures.stalls === 0 && y.lane !== null ? 2 * y.lane - box.bottom - place.line - 10 : -26;
  return `<circle class="ring" cx="${px(place.at)}" cy="${px(place.line)}" r="11"/>${callout(box, { x: place.at, y: place.line }, bestName(findings), rise, others)}`;
}
