import { type Box, frame, px } from '../../../report/svg/axes.ts';
import { TEXT } from '../../../report/svg/style.ts';
import { textWidth } from '../../../report/svg/text.ts';
import { type Findings, ownPolicy } from '../../analysis/findings.ts';
import type { Rated } from '../../analysis/rated.ts';
import { REGIONS, type RegionName, regionText } from '../../analysis/regions.ts';
import { bestName } from '../words.ts';
import { callout } from './callout.ts';
import { marksAxes, type Rooms } from './marks-axes.ts';
import { dot } from './region-style.ts';

/** So many trials make a region that is worth its name on the map. */
const NAMED = 3;

/** px. */
const ROOMS: Rooms = { x: 76, xLane: 72, y: 36, yLane: 36 };

interface Point {
  readonly rated: Rated;
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** Where marks work: the plane of marks, every trial of the recommended policy in the ground that is nearest to it. */
export function plane(findings: Findings, shown: readonly number[], box: Box): string {
  const { best, cheapest, rated } = findings;
  const policy = ownPolicy(findings);
  const own = shown.filter((i) => rated[i].marks.policy === policy);
  const axes = marksAxes(
    own.map((i) => rated[i]),
    policy ?? '',
    box,
    ROOMS,
  );
  const points = own.map((i): Point => ({ rated: rated[i], index: i, ...axes.place(rated[i]) }));
  return [
    ground(points, box),
    frame(box, axes.x, axes.y, axes.titles),
    ...points.map((each) => dot(each.rated.region, each.x, each.y, each.index)),
    ...REGIONS.map((name) => regionName(name, points, best, box)),
    ring(cheapest?.rated ?? null, points, 'ring cheapest'),
    ring(best, points, 'ring'),
    named(bestName(findings), best, points, box),
  ].join('');
}

/** Each trial's surroundings as far as no other is nearer, in the colour of what it does. */
function ground(points: readonly Point[], box: Box): string {
  if (points.length < 3) return '';
  const all = distinct(points);
  const cells = new Map<RegionName, string>();
  for (const point of all) {
    const corners = nearest(point, all, box).map(({ x, y }) => `${px(x)},${px(y)}`);
    const { region } = point.rated;
    cells.set(region, `${cells.get(region) ?? ''}M${corners.join('L')}Z`);
  }
  return [...cells].map(([region, path]) => `<path class="ground r-${region}" d="${path}"/>`).join('');
}

type Corner = Pick<Point, 'x' | 'y'>;

/** The part of the box that is nearer to a point than to any other: its cell of Voronoi's, cut out line by line. */
function nearest(point: Point, all: readonly Point[], { left, right, top, bottom }: Box): Corner[] {
  const far = (corners: readonly Corner[]): number =>
    2 * Math.max(...corners.map((corner) => Math.hypot(corner.x - point.x, corner.y - point.y)));
  let cell: Corner[] = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
  let reach = far(cell);
  for (const other of all) {
    const [dx, dy] = [other.x - point.x, other.y - point.y];
    if (other === point || Math.hypot(dx, dy) >= reach) continue;
    // Above 0 where the other is nearer.
    const beyond = ({ x, y }: Corner): number =>
      (x - (point.x + other.x) / 2) * dx + (y - (point.y + other.y) / 2) * dy;
    cell = cell.flatMap((corner, i) => {
      const before = cell.at(i - 1) ?? corner;
      const [here, there] = [beyond(corner), beyond(before)];
      const kept = here <= 0 ? [corner] : [];
      if (here > 0 === there > 0) return kept;
      const share = there / (there - here);
      const { x, y } = before;
      return [{ x: x + (corner.x - x) * share, y: y + (corner.y - y) * share }, ...kept];
    });
    reach = far(cell);
  }
  return cell;
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

function named(name: string, best: Rated | null, points: readonly Point[], box: Box): string {
  const point = points.find((each) => each.rated === best);
  return point === undefined ? '' : callout(box, point, name, point.y - box.top > 60 ? -26 : 34, points);
}

/** Where it is furthest from all other regions, from the edges, and from what else is named. */
function regionName(name: RegionName, points: readonly Point[], best: Rated | null, box: Box): string {
  const own = points.filter(({ rated }) => rated.region === name);
  if (own.length < NAMED) return '';
  const others = points.filter(({ rated }) => rated.region !== name);
  const named = points.find(({ rated }) => rated === best);
  const text = regionText(name, own[0].rated.marks.policy).title;
  const half = textWidth(text, TEXT.cgroup) / 2 + 4;
  const places = own.map(({ x, y }): Spot => {
    const at = Math.min(box.right - half, Math.max(box.left + half, x));
    const edge = 2 * Math.min(y - box.top, box.bottom - y);
    const taken = named !== undefined && Math.abs(at - named.x) < 160 + half && Math.abs(y - named.y) < 120;
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
