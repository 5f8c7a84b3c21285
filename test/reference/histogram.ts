/** All values, the least first. */
export type Histogram = number[];

export function record(values: Histogram, value: number): void {
  const greater = values.findIndex((each) => each > value);
  values.splice(greater < 0 ? values.length : greater, 0, value);
}

/**
 * The nearest rank, as exact as the machine gives it: to the end of its bucket, but not above the greatest
 * value. Between two powers of two there are 16 buckets; below 32 each whole number has its own.
 */
export function percentileOf(values: Histogram, share: number): number {
  const greatest = values.at(-1);
  if (greatest === undefined) return 0;
  const value = Math.floor(values[Math.max(1, Math.ceil(share * values.length)) - 1]);
  const width = value < 32 ? 1 : 2 ** (Math.floor(Math.log2(value)) - 4);
  const end = (Math.floor(value / width) + 1) * width - 1;
  return Math.min(end, greatest);
}
