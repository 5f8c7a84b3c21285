import { bytesOf, isSet, LLONG_MAX, PAGE_SIZE, type Pages } from './units.ts';

/**
 * Numbers as people read them, everywhere: in tables, pictures, messages and on the dashboard. An exact size
 * has no idle decimals (`64M`), a rounded one keeps them (`64.0M`); the unit letters are those of the language.
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

/** With separators and exactly so many decimals; `<0.01` for what they can't show. */
export const decimal = (value: number, decimals: number): string =>
  value > 0 && value < 0.5 / 10 ** decimals ? `<${fixed(10 ** -decimals, decimals)}` : fixed(value, decimals);

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

/** A size as it can be typed: `64M` or `960K` where that is exact, the bytes otherwise. */
export function exactSize(bytes: bigint): string {
  if (bytes === LLONG_MAX) return 'unset';
  for (const unit of [3n, 2n, 1n]) {
    const scale = 1n << (10n * unit);
    if (bytes !== 0n && bytes % scale === 0n) return `${bytes / scale}${SIZE_UNITS[Number(unit)]}`;
  }
  return `${bytes}`;
}

/** What a mark's file reads: `unset` for LLONG_MAX, rounded to whole pages or not, else a size. */
export const markSize = (bytes: bigint): string =>
  bytes > LLONG_MAX - BigInt(PAGE_SIZE) && bytes <= LLONG_MAX + 1n ? 'unset' : size(bytes);

/** Pages as a size; what a mark is called that is not set. */
export const pageSize = (count: Pages | null, unset = 'unset'): string =>
  isSet(count) ? size(bytesOf(count)) : unset;

/** With separators and exactly so many decimals. */
function fixed(value: number, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  return fraction === undefined ? count(BigInt(whole)) : `${count(BigInt(whole))}.${fraction}`;
}

/** Nanoseconds as three figures at most: `1.23 ms`, `214 ms`, `3 s`, `1 min 23 s`. */
export function duration(ns: number): string {
  if (ns === 0) return '0 s';
  if (ns >= MINUTE) return clock(Math.round(ns / 1e9));
  return inOneUnit(ns, ' ');
}

/** The same in six characters at most, and as the language has it: `17.8us`, `214ms`, `83s`. */
export function shortDuration(ns: number): string {
  if (ns === 0) return '0s';
  if (ns < MINUTE) return inOneUnit(ns, '');
  const whole = Math.round(ns / 1e9);
  return `${whole < 100_000 ? whole : compact(whole)}s`;
}

/** What is rounded to a minute. */
const MINUTE = 59.95e9;

function inOneUnit(ns: number, gap: string): string {
  const unit = TIME_UNITS.findLast((each) => Number((ns / each.ns).toPrecision(3)) < 1000) ?? TIME_UNITS[0];
  return `${Number((ns / unit.ns).toPrecision(3))}${gap}${unit.name}`;
}

/** Nanoseconds as seconds that lose nothing, never with an exponent: `1.25`, `0.0000178`. */
export function seconds(ns: number): string {
  const whole = Math.round(ns);
  const fraction = `${whole % 1e9}`.padStart(9, '0').replace(/0+$/, '');
  return `${Math.floor(whole / 1e9)}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * An instant of virtual time, as exact as `step` (ns) asks: `12 s`, `12.35 s`, `1:20`, `1:02:03`, `1:20.5`.
 */
export function instant(at: number, step = 1e6): string {
  const decimals = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step / 1e9) - 1e-9)));
  if (at < 60e9) return `${(at / 1e9).toFixed(decimals)} s`;
  const whole = Number((at / 1e9).toFixed(decimals));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = (whole % 60).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0');
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
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
 * Several times (ns) to be read against each other: one unit, that of the longest (or of the shortest above 0),
 * and as many decimals (three at most) as give the shortest three figures.
 */
export function durations(times: readonly number[], unitOf: 'longest' | 'shortest' = 'longest'): string[] {
  const some = times.filter((time) => time > 0);
  const asked = unitOf === 'longest' ? Math.max(0, ...times) : Math.min(...some);
  const unit = TIME_UNITS.find((each) => each.ns <= asked) ?? NANOSECOND;
  const shortest = Math.min(...some) / unit.ns;
  const most = unit.ns === 1 ? 0 : 3;
  const decimals = Math.min(most, shortest >= 100 ? 0 : shortest >= 10 ? 1 : shortest >= 1 ? 2 : 3);
  return times.map((time) => `${time === 0 ? '0' : decimal(time / unit.ns, decimals)} ${unit.name}`);
}

/** A fraction as `93 %`, `9.3 %`, `<0.1 %`; never `100 %` for less than all, nor `0 %` for something. */
export function percent(fraction: number, gap = ' '): string {
  const sign = fraction < 0 ? '-' : '';
  const value = Math.abs(fraction) * 100;
  const text =
    value > 0 && value < 0.05
      ? '<0.1'
      : value < 100 && value >= 99.5
        ? fixed(Math.min(99.9, value), 1)
        : value < 9.95
          ? `${Number(value.toFixed(1))}`
          : count(Math.round(value));
  return `${sign}${text}${gap}%`;
}

/** The same, but below 1 % with two figures: of what most shares are there. */
export const finePercent = (fraction: number): string =>
  fraction < 0.01 && fraction >= 0.00001 ? `${Number((fraction * 100).toPrecision(2))} %` : percent(fraction);

/** How many times as much: `12x`, `1.5x`, `0.25x`. */
export const times = (ratio: number): string =>
  `${ratio >= 9.95 ? count(Math.round(ratio)) : Number(ratio.toPrecision(2))}x`;
