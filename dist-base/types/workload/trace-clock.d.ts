import { type TimeUnit } from './trace-format.ts';
/**
 * Reads decimal times, of which one number would lose the end: an epoch in
 * nanoseconds has 19 digits. So a time is three whole numbers: (high * 1e9 + low)
 * units and a rest in nanoseconds; differences to the first are exact.
 */
export declare class TraceClock {
    #private;
    constructor(unit: TimeUnit);
    /** Nanoseconds since the first time read, or NaN if these bytes are no time. */
    read(source: Buffer, start: number, end: number): number;
    /** The time read before the last, in the trace's unit. */
    get former(): string;
}
/** The whole number that these bytes write in decimal, inexact above 2^53, or NaN. */
export declare function wholeNumber(source: Buffer, start: number, end: number): number;
