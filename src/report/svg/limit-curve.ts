import { compact, count, pageSize, size } from '../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import type { LimitPoint } from '../limit-runs.ts';
import { frame, linearAxis, px } from './axes.ts';
import { type Block, ROOM } from './document.ts';
import { logAxis } from './log-axis.ts';

const BOX = { left: 90, right: ROOM - 40, top: 44, bottom: 420 } as const;

/** What is read again under each limit; those of which that is unknown are left out. */
export function limitCurve(points: readonly LimitPoint[]): Block {
  const seen = points.flatMap(({ limit, rereads }) => (rereads === null ? [] : [{ limit, rereads }]));
  const most = Math.max(4, ...seen.map(({ rereads }) => rereads));
  const x = logAxis({
    values: points.map(({ limit }) => limit * PAGE_SIZE),
    from: BOX.left,
    to: BOX.right,
    label: (bytes) => size(bytes),
    base: 2,
    room: 74,
  });
  const ticks = [0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * most) / 4));
  const y = linearAxis(
    ticks.map((at) => ({ at, label: compact(at) })),
    [0, most],
    [BOX.bottom, BOX.top],
  );
  const placed = seen.map(({ limit, rereads }) => ({
    x: px(x.place(limit * PAGE_SIZE)),
    y: y.place(rereads),
    title: `${pageSize(limit)}: ${count(rereads)} re-reads`,
  }));
  const line = placed.map((each) => `${each.x},${each.y}`).join('L');
  const dots = placed.map(
    (each) =>
      `<circle class="usage" cx="${each.x}" cy="${each.y}" r="4"><title>${each.title}</title></circle>`,
  );
  const markup = [
    frame(BOX, x, y, { x: 'limit', y: 're-reads' }),
    placed.length > 1 ? `<path class="usage" style="fill:none" d="M${line}"/>` : '',
    ...dots,
  ];
  return { height: BOX.bottom + 70, markup: markup.join('') };
}
