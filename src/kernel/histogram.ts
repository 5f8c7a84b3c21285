import { TIME_0 } from './units.ts';

/**
 * A log-linear histogram of durations in plain state: 16 equal buckets for each
 * power of two, so a percentile is at most 1/16 above the true value.
 */
const SUB_BITS = 4;
const SUB = 1 << SUB_BITS;

export interface Histogram {
  count: number;
  total: number;
  max: number;
  /** The bucket that `buckets` begins with: durations of one kind lie close together. */
  first: number;
  /** Counts by bucket from the first to the last that was ever used. */
  readonly buckets: number[];
}

export const newHistogram = (): Histogram => ({
  count: 0,
  total: TIME_0,
  max: TIME_0,
  first: 0,
  buckets: [],
});

export function record(histogram: Histogram, value: number): void {
  const bucket = bucketOf(value);
  const { buckets } = histogram;
  if (buckets.length === 0) histogram.first = bucket;
  for (; histogram.first > bucket; histogram.first -= 1) buckets.unshift(0);
  const at = bucket - histogram.first;
  while (buckets.length <= at) buckets.push(0);
  buckets[at] += 1;
  histogram.count += 1;
  histogram.total += value;
  if (value > histogram.max) histogram.max = value;
}

/** As it is now; it goes on without the copy. */
export const copyHistogram = (histogram: Histogram): Histogram => ({
  ...histogram,
  buckets: [...histogram.buckets],
});

/** What came to a histogram after it was as `before`. */
export function histogramSince(all: Histogram, before: Histogram): Histogram {
  const shift = all.first - before.first;
  const rest: Histogram = {
    count: all.count - before.count,
    total: all.total - before.total,
    max: all.max,
    first: all.first,
    buckets: all.buckets.map((count, at) => count - (before.buckets[at + shift] ?? 0)),
  };
  // The longest of all came before: the longest since is known to its bucket.
  if (before.max === all.max) rest.max = percentile(rest, 1);
  return rest;
}

/** Nearest rank: the smallest bucket bound that covers the share (0..1) of the values; 0 when empty. */
export function percentile(histogram: Histogram, share: number): number {
  if (histogram.count === 0) return 0;
  const rank = Math.max(1, Math.ceil(share * histogram.count));
  let seen = 0;
  for (let at = 0; at < histogram.buckets.length; at += 1) {
    seen += histogram.buckets[at];
    if (seen >= rank) return Math.min(upperBound(histogram.first + at), histogram.max);
  }
  return histogram.max;
}

function bucketOf(value: number): number {
  if (value < SUB) return Math.max(0, Math.floor(value));
  let exponent = 0;
  let scaled = value;
  while (scaled >= 2 * SUB) {
    scaled /= 2;
    exponent += 1;
  }
  return (exponent + 1) * SUB + Math.floor(scaled) - SUB;
}

/** The greatest whole value that falls into the bucket. */
function upperBound(bucket: number): number {
  if (bucket < SUB) return bucket;
  const exponent = Math.floor(bucket / SUB) - 1;
  const sub = (bucket % SUB) + SUB;
  return (sub + 1) * 2 ** exponent - 1;
}
