/** The arrays of numbers that a machine's state is kept in. */
export type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;
/** `to`, which begins with all that `from` holds from now on: so an array that is full gets longer. */
export declare function grown<A extends Numbers>(from: A, to: A): A;
