/**
 * Where each object of an object trace lies in one file: a run of whole pages
 * of its own, in the order of first appearance. An object that comes back
 * larger than its run gets a new run, as a rewritten object does.
 * A hash table with linear probing, in typed arrays: a Map takes three times the memory.
 */
export declare class ObjectLayout {
    #private;
    /** Why the last `place` found no room. */
    full: string;
    /** First page of the object with this id (its two halves); null if there is no room, see `full`. */
    place(low: number, high: number, count: number): number | null;
}
