import type { PackedSpan, PageChart } from '../data.ts';

export interface Stretch {
  readonly from: number;
  readonly until: number;
  /** Of that time, ns. */
  readonly busy: number;
  readonly times: number;
}

/** What a chart shows, times since boot (ns), sizes in pages. */
export interface Chronicle extends Omit<PageChart, 'time' | 'min' | 'max' | 'last' | 'awake' | 'failures'> {
  readonly time: number[];
  readonly min: number[];
  readonly max: number[];
  readonly last: number[];
  readonly awake: readonly Stretch[];
  readonly failures: readonly Stretch[];
}

export function unpacked(packed: PageChart): Chronicle {
  let now = 0;
  return {
    ...packed,
    time: packed.time.map((more) => (now += more)),
    min: [...packed.min],
    max: [...packed.max],
    last: [...packed.last],
    awake: stretches(packed.awake),
    failures: stretches(packed.failures),
  };
}

function stretches(spans: readonly PackedSpan[]): Stretch[] {
  let now = 0;
  return spans.map(([gap, length, busy, times]) => {
    const from = now + gap;
    now = from + length;
    return { from, until: now, busy, times };
  });
}
