/**
 * exp and log from +, -, * and / alone: those are exact by IEEE 754, whereas
 * Math.exp and Math.log may differ in the last bit from one engine to the next,
 * and a machine must run the same everywhere. Relative error below 1e-13.
 */
/** Natural logarithm of a positive finite number. */
export declare function log(x: number): number;
/** e to the x, for |x| < 700. */
export declare function exp(x: number): number;
