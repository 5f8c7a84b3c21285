/**
 * The machine's own random numbers (sfc32, public domain algorithm by Chris
 * Doty-Humphrey): state in plain data, the same on every machine.
 */
export interface Random {
    a: number;
    b: number;
    c: number;
    counter: number;
}
export declare function newRandom(seed: number): Random;
/** Uniform in 0 .. 2^32-1. */
export declare function nextUint32(random: Random): number;
/** Uniform in [0, 1). */
export declare const nextFloat: (random: Random) => number;
/** Uniform in 0 .. bound-1, for bounds up to 2^32 (multiply-shift; the bias is below bound/2^32). */
export declare const nextBelow: (random: Random, bound: number) => number;
