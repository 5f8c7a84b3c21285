import { nextFloat, type Random } from '../kernel/random.ts';
import { exp, log } from './logarithm.ts';
import type { ZipfTable } from './progress.ts';

/**
 * Zipf-distributed ranks by rejection-inversion (W. Hörmann and G. Derflinger,
 * "Rejection-inversion to generate variates from monotone discrete
 * distributions", 1996): constant memory and time for any n.
 */
export function newZipf(n: number, theta: number): ZipfTable {
  return {
    n,
    theta,
    hX1: hIntegral(1.5, theta) - 1,
    hN: hIntegral(n + 0.5, theta),
    s: 2 - hIntegralInverse(hIntegral(2.5, theta) - h(2, theta), theta),
  };
}

/** A rank from 0 to n-1; rank k with a probability in proportion to 1/(k+1)^theta. */
export function nextZipf(random: Random, zipf: ZipfTable): number {
  const { n, theta, hX1, hN, s } = zipf;
  for (;;) {
    const u = hN + nextFloat(random) * (hX1 - hN);
    const x = hIntegralInverse(u, theta);
    const k = Math.min(n, Math.max(1, Math.floor(x + 0.5)));
    if (k - x <= s || u >= hIntegral(k + 0.5, theta) - h(k, theta)) return k - 1;
  }
}

const h = (x: number, theta: number): number => exp(-theta * log(x));

/** The integral of h from 1 to x, continuous at theta = 1. */
function hIntegral(x: number, theta: number): number {
  const logX = log(x);
  return expm1Over((1 - theta) * logX) * logX;
}

function hIntegralInverse(x: number, theta: number): number {
  const t = Math.max(-1, x * (1 - theta));
  return exp(log1pOver(t) * x);
}

/** (e^x - 1) / x */
const expm1Over = (x: number): number =>
  x > 1e-5 || x < -1e-5 ? (exp(x) - 1) / x : 1 + (x / 2) * (1 + x / 3);

/** log(1 + x) / x */
const log1pOver = (x: number): number => (x > 1e-5 || x < -1e-5 ? log(1 + x) / x : 1 - x / 2 + (x * x) / 3);
