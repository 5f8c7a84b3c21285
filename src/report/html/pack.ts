import { visible } from '../../kernel/visible.ts';
import type { Sample } from '../../script/result.ts';
import { type Span, SpanPool } from '../../script/spans.ts';
import type { Cell, Row } from '../picture/shown.ts';
import type { PackedSpan, PageChart } from './data.ts';

/** A page stays small, however many charts it has: so many samples and spans of all together. */
const SAMPLES = 40_000;
const SPANS = 24_000;

/** What one chart of `charts` draws. */
export function packed(id: string, { scale }: Row, { cgroup, timeline }: Cell, charts: number): PageChart {
  const { samples, marks } = cgroup.history;
  const kept = thinned(samples, Math.max(200, Math.floor(SAMPLES / charts)));
  const most = Math.max(100, Math.floor(SPANS / charts / 2));
  return {
    id,
    top: scale.top,
    birth: marks[0]?.time ?? 0,
    time: kept.map(({ time }, i) => time - (kept[i - 1]?.time ?? 0)),
    min: kept.map(({ min }) => min),
    max: kept.map(({ max }) => max),
    last: kept.map(({ last }) => last),
    marks: marks.map(({ time, low, high, limit }) => [time, low, high, limit]),
    awake: packedSpans(timeline?.awake ?? [], most),
    failures: packedSpans(timeline?.failures ?? [], most),
    kills: (timeline?.kills ?? []).map(({ time, task }) => [time, visible(task)]),
  };
}

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
