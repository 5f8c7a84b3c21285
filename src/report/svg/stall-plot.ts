import { count, duration } from '../../kernel/numbers.ts';
import type { StallBin } from '../../script/stall-bins.ts';
import type { Cell, Row } from '../picture/shown.ts';
import { spread } from '../picture/spread.ts';
import { drawn, Plot } from './draw.ts';
import { TEXT } from './style.ts';
import { textWidth } from './text.ts';
import { labelRoom } from './usage-plot.ts';

/** What the edges of a distribution stand for; those to be compared share one. */
export interface StallScale {
  /** Powers of ten, ns. */
  readonly from: number;
  readonly upto: number;
  /** Stalls in the fullest bin. */
  readonly most: number;
}

const FRAME = { left: 56, top: 44, bottom: 28 } as const;
const HEIGHT = 84;
/** What a tick with its label needs, px. */
const TICK = 74;
export const STALL_PLOT_HEIGHT = FRAME.top + HEIGHT + FRAME.bottom;

/** The scale of all the stalls of a cgroup; null when nobody stalled in any run. */
export function stallScale(row: Row): StallScale | null {
  const bins = row.cells.flatMap((cell) => cell?.timeline?.stalls ?? []);
  if (bins.length === 0) return null;
  const shortest = Math.max(1, Math.min(...bins.map(({ from }) => from)));
  const longest = Math.max(...bins.map(({ upto }) => upto));
  const from = 10 ** Math.floor(Math.log10(shortest) + 1e-9);
  return {
    from,
    upto: Math.max(from * 10, 10 ** Math.ceil(Math.log10(longest) - 1e-9)),
    most: Math.max(...bins.map((bin) => bin.count)),
  };
}

/** How long stalls took: how many of each length, with median, 99th percentile and longest. */
export function stallPlot(cell: Cell, scale: StallScale, width: number): string {
  const { stat } = cell.cgroup;
  const title = `stalls: ${count(stat.stall_count)}, ${duration(stat.stall_total_ns)} in all`;
  const right = width - labelRoom(width);
  const bins = cell.timeline?.stalls ?? [];
  const heading = `<text class="${bins.length > 0 ? 'bad' : 'quiet'} n" x="${FRAME.left}" y="12">${title}</text>`;
  if (bins.length === 0) return `<text class="quiet n" x="${FRAME.left}" y="12">no stalls</text>`;
  const x = (time: number): number =>
    FRAME.left +
    (Math.log10(clamped(time, scale) / scale.from) / Math.log10(scale.upto / scale.from)) *
      (right - FRAME.left);
  return [
    heading,
    percentiles(cell, x, width),
    drawn(
      { ...FRAME, right: width - right, width, height: STALL_PLOT_HEIGHT },
      drawing(bins, scale, right - FRAME.left),
    ),
    `<text class="quiet n" x="${right + 36}" y="${FRAME.top + HEIGHT + 22}">stall time</text>`,
  ].join('');
}

const clamped = (time: number, { from, upto }: StallScale): number => Math.min(upto, Math.max(from, time));

function drawing(bins: readonly StallBin[], scale: StallScale, room: number) {
  // A bin with few stalls is seen, too: those are the ones that hurt.
  const least = scale.most / 40;
  const bars = bins.map((bin) => ({
    from: clamped(bin.from, scale),
    upto: clamped(bin.upto, scale),
    height: Math.max(least, bin.count),
  }));
  return {
    x: { type: 'log' as const, domain: [scale.from, scale.upto] },
    y: { type: 'linear' as const, domain: [0, scale.most] },
    marks: [
      Plot.rect(bars, { x1: 'from', x2: 'upto', y1: 0, y2: 'height', insetRight: 1, className: 'bad' }),
      Plot.ruleY([0], { className: 'frame' }),
      Plot.axisX({
        ticks: ticksOf(scale, room),
        tickFormat: (at: number) => duration(at),
        label: null,
        className: 'axis',
      }),
      Plot.axisY({
        ticks: [0, scale.most],
        tickFormat: short,
        label: null,
        className: 'axis',
      }),
    ],
  };
}

/** Powers of ten, with 2 and 5 of each where there is room, and only every so many where there is little. */
function ticksOf({ from, upto }: StallScale, room: number): number[] {
  const decades = Math.round(Math.log10(upto / from));
  const fit = Math.floor(room / TICK);
  const factors = decades * 3 <= fit ? [1, 2, 5] : [1];
  const every = Math.ceil(decades / fit);
  const all: number[] = [];
  for (let i = 0; i <= decades; i += every) {
    all.push(...factors.map((factor) => Math.round(from * 10 ** i * factor)));
  }
  return all.filter((at) => at <= upto * 1.001);
}

/** A count that fits beside an axis: `84`, `3,584`, `518k`. */
const short = (n: number): string => {
  if (n < 100_000) return count(n);
  return n < 9_999_500 ? `${count(Math.round(n / 1e3))}k` : `${count(Math.round(n / 1e6))}M`;
};

/** Where p50, p99 and the maximum are; equal ones are named together. */
function percentiles({ cgroup: { stat } }: Cell, x: (time: number) => number, width: number): string {
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
    at: x(time),
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
      const [from, to] = [at.toFixed(1), places[i].toFixed(1)];
      const leader = `<path class="leader" d="M${from},${FRAME.top + HEIGHT}V${FRAME.top + 2}L${to},${FRAME.top - 9}"/>`;
      return `${leader}<text class="ink n m" x="${to}" y="${FRAME.top - 13}">${text}</text>`;
    })
    .join('');
}
