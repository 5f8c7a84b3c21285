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
  /** Counts by bucket; sparse at the end, grown on use. */
  buckets: number[];
}

export const newHistogram = (): Histogram => ({ count: 0, total: 0, max: 0, buckets: [] });

export function record(histogram: Histogram, value: number): void {
  const bucket = bucketOf(value);
  if (histogram.buckets.length <= bucket) histogram.buckets = lengthened(histogram.buckets, bucket + 1);
  histogram.buckets[bucket] += 1;
  histogram.count += 1;
  histogram.total += value;
  if (value > histogram.max) histogram.max = value;
}

/** With empty buckets at the end, made at once: the first value of a histogram needs hundreds. */
function lengthened(buckets: readonly number[], length: number): number[] {
  const longer = new Array<number>(length).fill(0);
  for (let bucket = 0; bucket < buckets.length; bucket += 1) longer[bucket] = buckets[bucket];
  return longer;
}

/** Nearest rank: the smallest bucket bound that covers the share (0..1) of the values; 0 when empty. */
export function percentile(histogram: Histogram, share: number): number {
  if (histogram.count === 0) return 0;
  const rank = Math.max(1, Math.ceil(share * histogram.count));
  let seen = 0;
  for (let bucket = 0; bucket < histogram.buckets.length; bucket += 1) {
    seen += histogram.buckets[bucket];
    if (seen >= rank) return Math.min(upperBound(bucket), histogram.max);
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
