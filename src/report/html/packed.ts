import { ns, pages } from '../../kernel/units.ts';
import { visible } from '../../kernel/visible.ts';
import { type Span, SpanPool } from '../../script/history/spans.ts';
import type { Sample } from '../../script/result.ts';
import type { Lasting } from '../picture/columns.ts';
import type { Chronicle, Lanes } from '../svg/usage-plot.ts';

/** What the page of a report draws: made by html.ts, read by page/. Times are ns, sizes pages. */
export interface PageData {
  readonly groups: readonly PageGroup[];
  /** What can be chosen of a run's machine, where the page can make runs anew. */
  readonly choices?: readonly Choice[];
}

export interface Choice {
  /** As it stands in a setting. */
  readonly name: string;
  readonly label: string;
  /** null: a number. */
  readonly options: readonly (readonly [value: string, text: string])[] | null;
}

/** Runs of one script, side by side. */
export interface PageGroup {
  readonly until: number;
  readonly charts: readonly PageChart[];
}

export interface PageChart {
  /** The id of the element that it is drawn into. */
  readonly id: string;
  readonly path: string;
  /** Its number among the runs of its script. */
  readonly run: number;
  /** The highest value, pages. */
  readonly top: number;
  readonly lanes: Lanes;
  readonly packed: Packed;
}

interface Packed extends Pick<Chronicle, 'marks' | 'kills' | 'failcnt' | 'names'> {
  readonly samples: readonly PackedSample[];
  readonly awake: readonly PackedSpan[];
  readonly failures: readonly PackedSpan[];
}

/** Time since the sample before; then what was least, most, and last in between. */
type PackedSample = readonly [gap: number, min: number, max: number, last: number];
/** Time since the end of the span before, length, how much of that was busy, and how many they are. */
type PackedSpan = readonly [gap: number, length: number, busy: number, times: number];

/** A page stays small, however many charts it has: so many samples and spans of all together. */
const SAMPLES = 40_000;
const SPANS = 24_000;

/** What one chart of `charts` draws. */
export function packed(
  chronicle: Chronicle & { readonly [S in Spans]: readonly Span[] },
  charts: number,
): Packed {
  const most = Math.max(100, Math.floor(SPANS / charts / 2));
  let before = 0;
  return {
    ...chronicle,
    samples: thinned(chronicle.samples, Math.max(200, Math.floor(SAMPLES / charts))).map((each) => {
      const gap = each.time - before;
      before = each.time;
      return [gap, each.min, each.max, each.last];
    }),
    awake: packedSpans(chronicle.awake, most),
    failures: packedSpans(chronicle.failures, most),
    kills: chronicle.kills.map(({ time, task, machine }) => ({ time, task: visible(task), machine })),
  };
}

type Spans = 'awake' | 'failures';

/** At most about `most` samples: neighbours become one. */
function thinned(samples: readonly Sample[], most: number): Sample[] {
  const step = Math.ceil(samples.length / most);
  return Array.from({ length: Math.ceil(samples.length / step) }, (_, i) => {
    const part = samples.slice(i * step, (i + 1) * step);
    return part.reduce((all, each) => ({
      time: each.time,
      min: all.min < each.min ? all.min : each.min,
      max: all.max > each.max ? all.max : each.max,
      last: each.last,
    }));
  });
}

function packedSpans(spans: readonly Span[], most: number): PackedSpan[] {
  const pool = new SpanPool(most);
  const track = pool.track();
  for (const span of spans) pool.add(track, span);
  let before = 0;
  return track.map(({ from, until, busy, times }) => {
    const gap = from - before;
    before = until;
    return [gap, until - from, Math.round(busy), times];
  });
}

export function unpacked(chart: Packed): Chronicle {
  let now = 0;
  return {
    ...chart,
    samples: chart.samples.map(([gap, min, max, last]) => {
      now += gap;
      return { time: ns(now), min: pages(min), max: pages(max), last: pages(last) };
    }),
    awake: unpackedSpans(chart.awake),
    failures: unpackedSpans(chart.failures),
  };
}

function unpackedSpans(spans: readonly PackedSpan[]): Lasting[] {
  let now = 0;
  return spans.map(([gap, length, busy, times]) => {
    const from = now + gap;
    now = from + length;
    return { from: ns(from), until: ns(now), busy, times };
  });
}
