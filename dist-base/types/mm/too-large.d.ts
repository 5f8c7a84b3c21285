/**
 * A machine has grown beyond the 4 GiB that the page core can address: its pages lie so far apart in their files, or in
 * swap, that each takes a chunk of the page tables. The emulator's own bound, no answer of the kernel's.
 */
export declare class TooLarge extends Error {
    readonly name = "TooLarge";
    constructor();
}
