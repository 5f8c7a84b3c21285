/**
 * exp and log from +, -, * and / alone: those are exact by IEEE 754, whereas
 * Math.exp and Math.log may differ in the last bit from one engine to the next,
 * and a machine must run the same everywhere. Relative error below 1e-13.
 */

const { LN2 } = Math;

/** Natural logarithm of a positive finite number. */
export function log(x: number): number {
  // The steps below reach down to the normal numbers only.
  if (x < 2 ** -1022) return log(x * 2 ** 54) - 54 * LN2;
  let mantissa = x;
  let exponent = 0;
  for (let step = 512; step >= 1; step /= 2) {
    if (mantissa >= 2 ** step) {
      mantissa /= 2 ** step;
      exponent += step;
    } else if (mantissa < 2 ** (1 - step)) {
      mantissa *= 2 ** step;
      exponent -= step;
    }
  }
  // log(m) = 2 artanh((m-1)/(m+1)); centred on 1 the series converges fast.
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const zz = z * z;
  let sum = 0;
  for (let k = 19; k >= 1; k -= 2) sum = sum * zz + 1 / k;
  return exponent * LN2 + 2 * z * sum;
}

/** e to the x, for |x| < 700. */
export function exp(x: number): number {
  const power = Math.round(x / LN2);
  const rest = x - power * LN2;
  let sum = 1;
  for (let k = 14; k >= 1; k -= 1) sum = 1 + (sum * rest) / k;
  return sum * 2 ** power;
}
