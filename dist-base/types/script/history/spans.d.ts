import { type Nanoseconds, type Pages } from '../../kernel/units.ts';
/** Something that took time; or several such things near each other, taken as one. */
export interface Span {
    readonly from: Nanoseconds;
    readonly until: Nanoseconds;
    /** What it was, `stream data.img 512M`; empty when it needs no name, or several had different ones. */
    readonly name: string;
    /** How many they are. */
    readonly times: number;
    /** How much of the time they took, ns; the rest lay between them. */
    readonly busy: number;
    /** What reclaim passes looked at and freed, pages; 0 for anything else. */
    readonly scanned: Pages;
    readonly reclaimed: Pages;
}
/** Spans kept, of all tracks together: a run may be endless, memory is not. */
export declare const MAX_SPANS = 65536;
/**
 * Tracks of spans, each ascending in time. When there are more than MAX_SPANS, those of one track that
 * begin within the same grain of time become one; the grain doubles until half of them are left.
 */
export declare class SpanPool {
    #private;
    constructor(most?: number);
    /** A new track, to be given to `add`. */
    track(): Span[];
    add(track: Span[], span: Span): void;
    /** Forgets a track. */
    drop(track: Span[]): void;
}
