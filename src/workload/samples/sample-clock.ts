import { TIME_UNITS, type TimeUnit } from '../trace-format.ts';

/** An epoch has so many seconds, milliseconds ... as no recording has: 5138, or 3 years. */
const GUESSES: readonly (readonly [least: number, unit: TimeUnit])[] = [
  [1e17, 'ns'],
  [1e14, 'us'],
  [1e11, 'ms'],
];

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** Reads times as monitoring systems write them: ISO 8601, an epoch, or seconds since something. */
export class SampleClock {
  #unit: TimeUnit | null;
  #first: number | null = null;

  constructor(unit: TimeUnit | null) {
    this.#unit = unit;
  }

  /** ns since the first time that was read; NaN: this is no time. */
  read(text: string): number {
    const time = this.#absolute(text.trim());
    if (Number.isNaN(time)) return time;
    this.#first ??= time;
    // Whole microseconds: an epoch in ns is no exact number.
    return Math.round((time - this.#first) / 1e3) * 1e3;
  }

  #absolute(text: string): number {
    const iso = ISO.exec(text);
    if (iso !== null) {
      const [, day, hours, zone = 'Z'] = iso;
      return Date.parse(`${day}T${hours}${zone.toUpperCase() === 'UTC' ? 'Z' : zone.toUpperCase()}`) * 1e6;
    }
    if (!/^\d+(\.\d*)?(e[-+]?\d+)?$/i.test(text)) return Number.NaN;
    const value = Number(text);
    this.#unit ??= GUESSES.find(([least]) => value >= least)?.[1] ?? 's';
    return value * TIME_UNITS[this.#unit];
  }
}
