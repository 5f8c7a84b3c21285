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

/** Numbers that are thrown away, so that seeds that are alike begin differently. */
const WARM_UP = 12;

export function newRandom(seed: number): Random {
  const random: Random = { a: 0x9e3779b9, b: 0x243f6a88, c: seed | 0, counter: 1 };
  for (let i = 0; i < WARM_UP; i += 1) nextUint32(random);
  return random;
}

/** Whether anybody has asked it for a number. */
export const isDrawnFrom = ({ counter }: Random): boolean => counter !== 1 + WARM_UP;

/** Uniform in 0 .. 2^32-1. */
export function nextUint32(random: Random): number {
  const t = (((random.a + random.b) | 0) + random.counter) | 0;
  random.counter = (random.counter + 1) | 0;
  random.a = random.b ^ (random.b >>> 9);
  random.b = (random.c + (random.c << 3)) | 0;
  random.c = (((random.c << 21) | (random.c >>> 11) | 0) + t) | 0;
  return t >>> 0;
}

/** Uniform in [0, 1). */
export const nextFloat = (random: Random): number => nextUint32(random) * 2 ** -32;

/** Uniform in 0 .. bound-1, for bounds up to 2^32 (multiply-shift; the bias is below bound/2^32). */
export const nextBelow = (random: Random, bound: number): number => Math.floor(nextFloat(random) * bound);
