import { TIME_UNITS, type TimeUnit } from '../trace-format.ts';

/** An epoch has so many seconds, milliseconds ... as no recording has: 5138, or 3 years. */
const GUESSES: readonly (readonly [least: number, unit: TimeUnit])[] = [
  [9e17, 'ns'],
  [1e17, 'ticks'],
  [1e14, 'us'],
  [1e11, 'ms'],
];

const ISO =
  /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d)(?::(\d\d(?:[.,]\d+)?))?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:\s*[A-Z]{3,4})?$/i;
const OF_DAY = /^(\d{1,2}):(\d\d):(\d\d(?:[.,]\d+)?)\s*([AP]M)?$/i;
const NUMBER = /^\d+([.,]\d*)?(e[-+]?\d+)?$/i;
/** `01/02/2024 12:00:00`: whether the day or the month comes first can't be seen. */
const SLASHED = /^(\d\d?)[/.](\d\d?)[/.](\d{4}),?[T ]+(.+)$/;
/** `Mon Jan  1 12:00:00 UTC 2024`, `1 Jan 2024 12:00:00`, `Jan 1, 2024, 12:00:00 PM`. */
const NAMED = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b/i;
const DAY = 86_400e9;

/** Reads times as monitoring systems write them: ISO 8601, an epoch, a time of the day, or seconds since something. */
export class SampleClock {
  #unit: TimeUnit | null;
  #first: number | null = null;
  /** A date that can be read in two ways; as long as it is the same, only the time of the day matters. */
  #anyDate: string | null = null;
  #base: bigint | null = null;
  #midnights = 0;
  #lastOfDay = 0;

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
    if (NUMBER.test(text)) {
      const value = Number(text.replace(',', '.'));
      this.#unit ??= GUESSES.find(([least]) => value >= least)?.[1] ?? 's';
      if (!/^\d{16,}$/.test(text)) return value * TIME_UNITS[this.#unit];
      // No number holds them exactly; what is between them, one does.
      this.#base ??= BigInt(text);
      return Number(BigInt(text) - this.#base) * TIME_UNITS[this.#unit];
    }
    if (OF_DAY.test(text)) return this.#ofDay(ofDay(text));
    if (this.#anyDate === null && !isEitherWay(text)) return dated(text);
    const [date, clock] = text.split(/,?[T ]+(.+)/);
    this.#anyDate ??= date;
    return date === this.#anyDate && OF_DAY.test(clock) ? ofDay(clock) : Number.NaN;
  }

  #ofDay(time: number): number {
    if (time < this.#lastOfDay - DAY / 2) this.#midnights += 1;
    this.#lastOfDay = time;
    return time + this.#midnights * DAY;
  }
}

/** Whether this can be nothing but a time. */
export const isTime = (text: string): boolean => OF_DAY.test(text) || !Number.isNaN(dated(text));

/** Why such a text can't be read as a time, in one sentence. */
export const whyNoTime = (text: string): string =>
  SLASHED.test(text)
    ? 'whether its day or its month comes first is not known: write it as 2024-01-31 12:00:00'
    : 'it is ISO 8601, an epoch, or a number of seconds';

function isEitherWay(text: string): boolean {
  const [, first, second] = SLASHED.exec(text) ?? [];
  return (
    first !== undefined && Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second)
  );
}

function ofDay(text: string): number {
  const [, hours, minutes, seconds, half] = OF_DAY.exec(text) ?? [];
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  return (hour * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))) * 1e9;
}

/** ns since 1970; NaN: this is no date. */
function dated(text: string): number {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, minutes, seconds = '00', zone = 'Z'] = iso;
    const offset = /^(UTC|GMT)$/i.test(zone) ? 'Z' : zone.toUpperCase().replace(/^([+-]\d\d)$/, '$1:00');
    const [whole, rest = ''] = seconds.split(/[.,]/);
    // Date counts milliseconds.
    return (
      Date.parse(`${year}-${month}-${day}T${minutes}:${whole}${offset}`) * 1e6 + Number(`0.${rest}0`) * 1e9
    );
  }
  const slashed = SLASHED.exec(text);
  if (slashed !== null) {
    const [, first, second, year, clock] = slashed.map((part) => part.padStart(2, '0'));
    const [month, day] = Number(first) > 12 ? [second, first] : [first, second];
    return isEitherWay(text) || !OF_DAY.test(clock)
      ? Number.NaN
      : Date.parse(`${year}-${month}-${day}T00:00:00Z`) * 1e6 + ofDay(clock);
  }
  if (!NAMED.test(text) || !/\d:\d\d/.test(text)) return Number.NaN;
  const zoned = /\b(UTC|GMT|Z|[+-]\d{4})\b/.test(text);
  return Date.parse(zoned ? text : `${text.replace(/\b[A-Z]{3,4}\b(?=\s+\d{4}$)/, '')} UTC`) * 1e6;
}
