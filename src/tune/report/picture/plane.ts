import { size } from '../../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../../kernel/units.ts';
import { drawn, Plot } from '../../../report/svg/draw.ts';
import { TEXT } from '../../../report/svg/style.ts';
import { textWidth } from '../../../report/svg/text.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { Rated } from '../../analysis/rated.ts';
import { REGION_TEXTS, REGIONS, type RegionName } from '../../analysis/regions.ts';
import { type Box, callout, frame } from './frame.ts';
import { logAxis } from './log-axis.ts';
import { dot, px } from './region-style.ts';

/** So many trials make a region that is worth its name on the map. */
const NAMED = 3;

const roomOf = ({ marks }: Rated): number => (marks.limit - marks.high) * PAGE_SIZE;
const gapOf = ({ marks }: Rated): number => (marks.high - marks.low) * PAGE_SIZE;

interface Point {
  readonly rated: Rated;
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Where marks work: the plane of high and low, every trial of the recommended policy in the ground that is
 * nearest to it. Both axes are distances, from the limit and from high: what counts of them is their ratio.
 */
export function plane({ best, roomier, rated }: Findings, shown: readonly number[], box: Box): string {
  const policy = (best ?? rated[0])?.marks.policy;
  const own = shown.filter((i) => rated[i].marks.policy === policy);
  const x = logAxis({
    values: own.map((i) => roomOf(rated[i])),
    from: box.right,
    to: box.left,
    label: (bytes) => size(bytes),
    zero: 'at limit',
    base: 2,
    room: 76,
    laneRoom: 72,
  });
  const y = logAxis({
    values: own.map((i) => gapOf(rated[i])),
    from: box.bottom,
    to: box.top,
    label: (bytes) => size(bytes),
    zero: 'none',
    base: 2,
    room: 36,
    laneRoom: 36,
  });
  const points = own.map((i): Point => {
    const each = rated[i];
    return { rated: each, index: i, x: x.place(roomOf(each)), y: y.place(gapOf(each)) };
  });
  return [
    ground(points, box),
    frame(box, x, y, { x: 'start: so far below the limit', y: 'stop: so far below start' }),
    ...points.map((each) => dot(each.rated.region, each.x, each.y, each.index)),
    ...REGIONS.map((name) => regionName(name, points, best, box)),
    ring(roomier, points, 'ring roomier'),
    ring(best, points, 'ring'),
    bestName(best, points, box),
  ].join('');
}

/** Each trial's surroundings as far as no other is nearer; the class is set by what they are labelled. */
function ground(points: readonly Point[], { left, right, top, bottom }: Box): string {
  if (points.length < 3) return '';
  const markup = drawn(
    { width: right, height: bottom, left, right: 0, top, bottom: 0 },
    {
      x: { type: 'linear', domain: [left, right], axis: null },
      y: { type: 'linear', domain: [bottom, top], axis: null },
      marks: [
        Plot.voronoi(distinct(points), {
          x: 'x',
          y: 'y',
          fill: 'none',
          stroke: 'none',
          ariaLabel: ({ rated }: Point) => rated.region,
        }),
      ],
    },
  );
  return `<g class="map">${markup
    .replace(/\d+\.\d+/g, (number) => `${px(Number(number))}`)
    .replaceAll(' fill="none"', '')
    .replaceAll(' stroke="none"', '')}</g>`;
}

/** Of trials in one place, the best. */
const distinct = (points: readonly Point[]): Point[] => [
  ...new Map(points.toReversed().map((point) => [`${px(point.x)} ${px(point.y)}`, point])).values(),
];

const ring = (rated: Rated | null, points: readonly Point[], name: string): string => {
  const point = points.find((each) => each.rated === rated);
  return point === undefined
    ? ''
    : `<circle class="${name}" cx="${px(point.x)}" cy="${px(point.y)}" r="11"/>`;
};

function bestName(best: Rated | null, points: readonly Point[], box: Box): string {
  const point = points.find((each) => each.rated === best);
  return point === undefined
    ? ''
    : callout(box, point.x, point.y, 'recommended', point.y - box.top > 60 ? -26 : 34);
}

/** Where it is furthest from all other regions, from the edges, and from what else is named. */
function regionName(name: RegionName, points: readonly Point[], best: Rated | null, box: Box): string {
  const own = points.filter(({ rated }) => rated.region === name);
  if (own.length < NAMED) return '';
  const others = points.filter(({ rated }) => rated.region !== name);
  const named = points.find(({ rated }) => rated === best);
  const text = REGION_TEXTS[name].title;
  const half = textWidth(text, TEXT.cgroup) / 2 + 4;
  const places = own.map(({ x, y }): Spot => {
    const at = Math.min(box.right - half, Math.max(box.left + half, x));
    const edge = 2 * Math.min(y - box.top, box.bottom - y);
    const taken = named !== undefined && Math.abs(at - named.x) < 160 + half && Math.abs(y - named.y) < 56;
    const room = Math.min(edge, ...others.map((other) => Math.hypot(x - other.x, y - other.y)));
    return { at, y, room: taken ? room - box.right : room };
  });
  const { at, y } = places.reduce((most, each) => (each.room > most.room ? each : most));
  const line = Math.min(box.bottom - 10, Math.max(box.top + 22, y + 8));
  return `<text class="g m halo r-${name}" x="${px(at)}" y="${px(line)}">${text}</text>`;
}

/** Where a name could stand, and how far everything else is. */
interface Spot {
  readonly at: number;
  readonly y: number;
  readonly room: number;
}
