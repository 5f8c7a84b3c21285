export interface Histogram {
    count: number;
    total: number;
    max: number;
    /** The bucket that `buckets` begins with: durations of one kind lie close together. */
    first: number;
    /** Counts by bucket from the first to the last that was ever used. */
    readonly buckets: number[];
}
export declare const newHistogram: () => Histogram;
export declare function record(histogram: Histogram, value: number): void;
/** As it is now; it goes on without the copy. */
export declare const copyHistogram: (histogram: Histogram) => Histogram;
/** What came to a histogram after it was as `before`. */
export declare function histogramSince(all: Histogram, before: Histogram): Histogram;
/** Nearest rank: the smallest bucket bound that covers the share (0..1) of the values; 0 when empty. */
export declare function percentile(histogram: Histogram, share: number): number;
