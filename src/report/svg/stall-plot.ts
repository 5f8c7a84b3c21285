import { compact, count, duration } from '../../kernel/numbers.ts';
import type { StallBin } from '../../script/history/stall-bins.ts';
import type { Cell, Row } from '../picture/shown.ts';
import { spread } from '../picture/spread.ts';
import { type Axis, frame, linearAxis, px } from './axes.ts';
import { logAxis } from './log-axis.ts';
import { TEXT } from './style.ts';
import { textWidth } from './text.ts';
import { labelRoom } from './usage-plot.ts';

/** What the edges of a distribution stand for; those to be compared share one. */
export interface StallScale {
  /** The shortest and the longest, ns. */
  readonly from: number;
  readonly upto: number;
  /** Stalls in the fullest bin. */
  readonly most: number;
}

const FRAME = { left: 56, top: 44, bottom: 128 } as const;
/** What a tick with its label needs, px. */
const TICK = 74;
const TITLE = 'stall time';
export const STALL_PLOT_HEIGHT = FRAME.bottom + 28;

/** The scale of all the stalls of a cgroup; null when nobody stalled in any run. */
export function stallScale(row: Row): StallScale | null {
  const bins = row.cells.flatMap((cell) => cell?.timeline?.stalls ?? []);
  if (bins.length === 0) return null;
  return {
    from: Math.max(1, Math.min(...bins.map(({ from }) => from))),
    upto: Math.max(...bins.map(({ upto }) => upto)),
    most: Math.max(...bins.map((bin) => bin.count)),
  };
}

/** How long stalls took: how many of each length, with median, 99th percentile and longest. */
export function stallPlot(cell: Cell, scale: StallScale, width: number): string {
  const { stat } = cell.cgroup;
  const bins = cell.timeline?.stalls ?? [];
  if (bins.length === 0) return `<text class="quiet n" x="${FRAME.left}" y="12">no stalls</text>`;
  const box = { ...FRAME, right: width - labelRoom(width) };
  const x = logAxis({
    values: [scale.from, scale.upto],
    from: box.left,
    to: box.right,
    label: duration,
    base: 10,
    room: TICK,
  });
  const counts = [0, scale.most].map((at) => ({ at, label: compact(at) }));
  const y = linearAxis(counts, [0, scale.most], [box.bottom, box.top]);
  return [
    `<text class="bad n" x="${box.left}" y="12">stalls: ${count(stat.stall_count)}, ${duration(stat.stall_total_ns)} in all</text>`,
    frame(box, x, y),
    percentiles(cell, x, width),
    `<g class="bad">${bins.map((bin) => bar(bin, scale, x, y)).join('')}</g>`,
    `<text class="quiet n" x="${Math.min(box.right + 36, px(width - textWidth(TITLE, TEXT.small)))}" y="${box.bottom + 22}">${TITLE}</text>`,
  ].join('');
}

/** A bin with few stalls is seen, too: those are the ones that hurt. */
function bar({ from, upto, count: n }: StallBin, { most }: StallScale, x: Axis, y: Axis): string {
  const [left, right] = [px(x.place(Math.max(1, from))), px(x.place(upto))];
  const top = y.place(Math.max(most / 40, n));
  return `<rect x="${left}" y="${top}" width="${px(Math.max(1, right - left - 1))}" height="${px(y.place(0) - top)}"/>`;
}

/** Where p50, p99 and the maximum are; equal ones are named together. */
function percentiles({ cgroup: { stat } }: Cell, x: Axis, width: number): string {
  const all = [
    { name: 'p50', time: stat.stall_p50_ns },
    { name: 'p99', time: stat.stall_p99_ns },
    { name: 'max', time: stat.stall_max_ns },
  ];
  const texts = new Map<string, { names: string[]; time: number }>();
  for (const { name, time } of all) {
    const key = duration(time);
    const equal = texts.get(key) ?? { names: [], time };
    texts.set(key, { ...equal, names: [...equal.names, name] });
  }
  const labels = [...texts].map(([text, { names, time }]) => ({
    text: `${names.join(' = ')} ${text}`,
    at: x.place(time),
  }));
  const sizes = labels.map(({ text }) => textWidth(text, TEXT.small) + 14);
  const places = spread(
    labels.map(({ at }) => at),
    sizes,
    8,
    width,
  );
  return labels
    .map(({ text, at }, i) => {
      const [from, to] = [px(at), px(places[i])];
      const leader = `<path class="leader" d="M${from},${FRAME.bottom}V${FRAME.top + 2}L${to},${FRAME.top - 9}"/>`;
      return `${leader}<text class="ink n m" x="${to}" y="${FRAME.top - 13}">${text}</text>`;
    })
    .join('');
}
