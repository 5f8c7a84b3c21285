import type { Span } from '../../script/history/spans.ts';
import type { Sample } from '../../script/result.ts';

/** What spans come to in each sample's interval: from the sample before it (or the beginning) to its time. */
export interface Tally {
  /** ns; a span that stands for several is as busy everywhere as on the whole. */
  readonly busy: number;
  /** How many ended there. */
  readonly times: number;
}

/** One for each sample, in their order. What lies behind the last sample is counted there. */
export function tallies(samples: readonly Sample[], spans: readonly Span[]): Tally[] {
  const all = samples.map(() => ({ busy: 0, times: 0 }));
  if (samples.length === 0) return all;
  const last = samples.length - 1;
  let first = 0;
  for (const { from, until, busy, times } of spans) {
    while (first < last && samples[first].time < from) first++;
    const density = until > from ? busy / (until - from) : 0;
    let i = first;
    let begin: number = from;
    for (; i < last && samples[i].time < until; i++) {
      all[i].busy += Math.max(0, samples[i].time - begin) * density;
      begin = Math.max(begin, samples[i].time);
    }
    all[i].busy += (until - begin) * density;
    all[i].times += times;
  }
  return all.map((each) => ({ ...each, busy: Math.round(each.busy) }));
}
