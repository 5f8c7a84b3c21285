import { type Pages, pages } from '../../src/kernel/units.ts';
import type { Measurement, Sweep, Trial, Written } from '../../src/tune/sweep.ts';

/** Sweeps made by hand, whose right answers are plain to see. */

const MIB = 256;
/** So many MiB, in pages. */
export const m = (mib: number): Pages => pages(Math.round(mib * MIB));

/** A run without stalls in which the reclaimer did a modest job. */
const FINE: Measurement = {
  stalls: 0,
  stallTotal: 0,
  stallP50: 0,
  stallP99: 0,
  stallMax: 0,
  limitFailures: 0,
  cpu: 10_000_000,
  wakeups: 10,
  passes: 100,
  zeroPasses: 0,
  scanned: 8000,
  reclaimed: 4000,
  refaults: 0,
  swapIn: 0,
  swapOut: 0,
  oomKills: 0,
  peak: m(90),
  floor: null,
  elapsed: 10_000_000_000,
  error: null,
};

export const measurement = (changes: Partial<Measurement> = {}): Measurement => ({ ...FINE, ...changes });

/** So many stalls of 20 us, and a p99 of 30. */
export const stalled = (stalls: number, changes: Partial<Measurement> = {}): Partial<Measurement> => ({
  stalls,
  stallTotal: stalls * 20_000,
  stallP50: 20_000,
  stallP99: 30_000,
  stallMax: 40_000,
  limitFailures: stalls,
  ...changes,
});

/** The reclaimer never ran. */
export const idle = (changes: Partial<Measurement> = {}): Partial<Measurement> => ({
  cpu: 300,
  wakeups: 0,
  passes: 0,
  scanned: 0,
  reclaimed: 0,
  ...changes,
});

/** Marks in MiB under a limit of 100M, with a measurement for each seed. */
export const trial = (high: number, low: number, ...measurements: Partial<Measurement>[]): Trial => ({
  policy: 'rfc',
  limit: m(100),
  high: m(high),
  low: m(low),
  measurements: (measurements.length > 0 ? measurements : [{}]).map(measurement),
});

/** A way of writing the recommended marks down, with what came of it; it held in so many of eight variants. */
export const written = (name: string, changes: Partial<Measurement> = {}, held = 8): Written => ({
  name,
  measurements: [measurement(changes)],
  perturbed: Array.from({ length: 8 }, (_, i) => measurement(i < held ? {} : stalled(5))),
});

export const sweep = (trials: readonly Trial[], changes: Partial<Sweep> = {}): Sweep => ({
  script: 'work.memcg',
  scripts: ['work.memcg'],
  kernel: '2.6.26',
  group: '/default',
  policy: 'rfc',
  booting: [],
  sha256: 'ab'.repeat(32),
  peak: m(125),
  limit: m(100),
  autoLimit: true,
  limits: [],
  seeds: (trials[0]?.measurements ?? [0]).map((_, i) => i + 1),
  warmup: 0,
  without: { ...trial(100, 100, stalled(1200, idle())), policy: 'none' },
  trials,
  held: [],
  written: [],
  partial: null,
  ...changes,
});

/** One of each region: fine ones at 90, and the cheapest of them at 96 with 95. */
export const variety = (): Trial[] => [
  trial(100, 90, stalled(1200, idle())),
  trial(99, 98, stalled(40, { cpu: 9_000_000 })),
  trial(96, 95, { cpu: 12_000_000, refaults: 10 }),
  trial(96, 80, { cpu: 15_000_000, refaults: 90 }),
  trial(90, 89, { cpu: 14_000_000, refaults: 10 }),
  trial(90, 90, { cpu: 16_000_000, refaults: 10, wakeups: 3000, reclaimed: 96_000, scanned: 100_000 }),
  trial(60, 20, { cpu: 4_000_000_000, refaults: 10, floor: m(31), passes: 9000, zeroPasses: 8000 }),
];

/** About `points` trials by a formula: low marks spin below `floor` (MiB), high ones stall within `burst` of the limit. */
export function landscape(points: number, { floor = 30, burst = 0.6, limit = 100 } = {}): Trial[] {
  const side = Math.max(2, Math.round(Math.sqrt(points)));
  const steps = Array.from({ length: side }, (_, i) => i / (side - 1));
  return steps.flatMap((x) =>
    steps.map((y): Trial => {
      const room = x === 0 ? 0 : 0.1 * 500 ** x;
      const gap = y === 0 ? 0 : 0.05 * 800 ** y;
      const [high, low] = [limit - room, Math.max(1, limit - room - gap)];
      const late = room < burst ? Math.round(900 * (1 - room / burst)) : 0;
      const spins = low < floor;
      const reclaimed = Math.round(40_000 * (1 + room / 20));
      const cpu = Math.round(reclaimed * 700 * (1 + gap / 60) * (spins ? 40 : 1));
      const wakeups = Math.max(1, Math.round(reclaimed / (30 + gap * 256)));
      const changes =
        room === 0
          ? stalled(1200, idle())
          : {
              ...(late > 0 && stalled(late)),
              cpu,
              wakeups,
              passes: Math.round(reclaimed / 36),
              scanned: reclaimed * (spins ? 90 : 2),
              reclaimed,
              refaults: Math.round(room * 3 + gap),
              floor: spins ? m(floor + 1) : null,
            };
      return { ...trial(high, low, changes), limit: m(limit) };
    }),
  );
}
