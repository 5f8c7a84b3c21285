/**
 * Numbers as people read them. An exact size has no idle decimals (`64M`), a
 * rounded one keeps them (`64.0M`); the unit letters are those of the language.
 */

const SIZE_UNITS = ['', 'K', 'M', 'G', 'T'] as const;
const TIME_UNITS = [
  { name: 's', ns: 1e9 },
  { name: 'ms', ns: 1e6 },
  { name: 'us', ns: 1e3 },
  { name: 'ns', ns: 1 },
] as const;
const NANOSECOND = TIME_UNITS[3];

const THOUSANDS = /\B(?=(\d{3})+$)/g;

/** `5,242,880`. Not Intl's: that takes 10 ms to make, which is more than most reports take. */
export const count = (n: number | bigint): string =>
  `${typeof n === 'bigint' ? n : Math.round(n)}`.replace(THOUSANDS, ',');

/** `1 page`, `5,242,880 pages`. */
export const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

/** A unit of sizes: 0 bytes, 1 K, 2 M, 3 G, 4 T. */
export type SizeUnit = 0 | 1 | 2 | 3 | 4;

/** The largest unit of which this many bytes are at least one. */
export function sizeUnit(bytes: number | bigint): SizeUnit {
  const size = BigInt(bytes);
  if (size < 1n << 10n) return 0;
  if (size < 1n << 20n) return 1;
  if (size < 1n << 30n) return 2;
  return size < 1n << 40n ? 3 : 4;
}

/**
 * Bytes as a size: `64M`, `61.4M`, `3.90M`, `512`. In a column, name the unit that
 * all its sizes share; one that is too small to show in it stands in its own.
 */
export function size(bytes: number | bigint, unit: SizeUnit = sizeUnit(bytes)): string {
  const whole = BigInt(bytes);
  const scale = 1n << BigInt(unit * 10);
  const letter = SIZE_UNITS[unit];
  if (whole % scale === 0n) return `${count(whole / scale)}${letter}`;
  const value = Number(whole) / Number(scale);
  if (value < 0.05) return size(whole);
  if ((value * 10) % 1 === 0) return `${fixed(value, 1)}${letter}`;
  return `${fixed(value, value < 9.995 ? 2 : 1)}${letter}`;
}

/** With separators and exactly so many decimals. */
function fixed(value: number, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  return fraction === undefined ? count(BigInt(whole)) : `${count(BigInt(whole))}.${fraction}`;
}

/** Nanoseconds as three figures at most: `1.23 ms`, `214 ms`, `3 s`, `1 min 23 s`. */
export function duration(ns: number): string {
  if (ns === 0) return '0 s';
  if (ns >= 59.95e9) return clock(Math.round(ns / 1e9));
  for (const unit of TIME_UNITS.toReversed()) {
    const value = Number((ns / unit.ns).toPrecision(3));
    if (value < 1000) return `${value} ${unit.name}`;
  }
  return clock(Math.round(ns / 1e9));
}

function clock(seconds: number): string {
  const parts = [
    { value: Math.floor(seconds / 3600), name: 'h' },
    { value: Math.floor(seconds / 60) % 60, name: 'min' },
    { value: seconds % 60, name: 's' },
  ].filter((part) => part.value > 0);
  return parts
    .slice(0, 2)
    .map((part) => `${count(part.value)} ${part.name}`)
    .join(' ');
}

/**
 * Several times (ns) to be read against each other: one unit, that of the longest,
 * and as many decimals (three at most) as give the shortest three figures.
 */
export function durations(times: readonly number[]): string[] {
  const longest = Math.max(0, ...times);
  const unit = TIME_UNITS.find((each) => each.ns <= longest) ?? NANOSECOND;
  const shortest = Math.min(...times.filter((time) => time > 0)) / unit.ns;
  const most = unit.ns === 1 ? 0 : 3;
  const decimals = Math.min(most, shortest >= 100 ? 0 : shortest >= 10 ? 1 : shortest >= 1 ? 2 : 3);
  const least = unit.ns / 10 ** decimals;
  return times.map((time) => {
    if (time > 0 && time < least / 2) return `<${fixed(10 ** -decimals, decimals)} ${unit.name}`;
    return `${time === 0 ? '0' : fixed(time / unit.ns, decimals)} ${unit.name}`;
  });
}

/** A fraction as `93 %`, `9.3 %`, `<0.1 %`; never `100 %` for less than all, nor `0 %` for something. */
export function percent(fraction: number): string {
  const sign = fraction < 0 ? '-' : '';
  const value = Math.abs(fraction) * 100;
  if (value > 0 && value < 0.05) return `${sign}<0.1 %`;
  if (value < 100 && value >= 99.5) return `${sign}${fixed(Math.min(99.9, value), 1)} %`;
  return `${sign}${value < 9.95 ? Number(value.toFixed(1)) : count(Math.round(value))} %`;
}

/** How many times as much: `12x`, `1.5x`, `0.25x`. */
export const times = (ratio: number): string =>
  `${ratio >= 9.95 ? count(Math.round(ratio)) : Number(ratio.toPrecision(2))}x`;

const THOUSANDS_UNITS = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** A count, or a mean of counts, in six characters at most: `0`, `9,999`, `12.3k`, `1.2M`, `<0.1`. */
export function compact(value: number): string {
  const rounded = value < 10 && value > 0 ? Number(value.toFixed(1)) : Math.round(value);
  if (rounded < 10_000)
    return rounded === 0 && value > 0 ? '<0.1' : Number.isInteger(rounded) ? count(rounded) : `${rounded}`;
  let unit = 1;
  let scaled = value / 1000;
  while (scaled >= 999.5 && unit < THOUSANDS_UNITS.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${Number(scaled.toPrecision(3))}${THOUSANDS_UNITS[unit]}`;
}
