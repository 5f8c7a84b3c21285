import { instant } from '../../kernel/numbers.ts';

export interface TimeTick {
  /** ns of virtual time. */
  readonly at: number;
  readonly label: string;
}

const SECONDS = [
  1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];
const NANOSECONDS = [1, 2, 5].flatMap((factor) =>
  [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].map((power) => factor * power),
);
const STEPS = [...NANOSECONDS.sort((a, b) => a - b), ...SECONDS.map((s) => s * 1e9)];

/** Round instants between two others, at most `most`. */
export function timeTicks(from: number, to: number, most: number): TimeTick[] {
  const step =
    STEPS.find((each) => (to - from) / each <= most) ?? Math.ceil((to - from) / most / 86_400e9) * 86_400e9;
  const ticks: TimeTick[] = [];
  for (let i = Math.ceil(from / step); i * step <= to && ticks.length <= most; i += 1) {
    ticks.push({ at: i * step, label: instant(i * step, step) });
  }
  return ticks;
}
