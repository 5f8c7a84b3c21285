import { TIME_UNITS, type TimeUnit } from './trace-format.ts';

const ZERO = 0x30;
const DOT = 0x2e;
/** Digits that two numbers hold exactly: 15 and 9. */
const MOST_DIGITS = 24;

/**
 * Reads decimal times, of which one number would lose the end: an epoch in
 * nanoseconds has 19 digits. So a time is three whole numbers: (high * 1e9 + low)
 * units and a rest in nanoseconds; differences to the first are exact.
 */
export class TraceClock {
  readonly #unit: number;
  readonly #restDigits: number;
  #first = true;
  #firstHigh = 0;
  #firstLow = 0;
  #firstRest = 0;
  #high = 0;
  #low = 0;
  #rest = 0;
  #formerHigh = 0;
  #formerLow = 0;
  #formerRest = 0;

  constructor(unit: TimeUnit) {
    this.#unit = TIME_UNITS[unit];
    this.#restDigits = Math.round(Math.log10(this.#unit));
  }

  /** Nanoseconds since the first time read, or NaN if these bytes are no time. */
  read(source: Buffer, start: number, end: number): number {
    this.#formerHigh = this.#high;
    this.#formerLow = this.#low;
    this.#formerRest = this.#rest;
    if (!this.#parse(source, start, end)) return Number.NaN;
    if (this.#first) {
      this.#first = false;
      this.#firstHigh = this.#high;
      this.#firstLow = this.#low;
      this.#firstRest = this.#rest;
    }
    const units = (this.#high - this.#firstHigh) * 1e9 + (this.#low - this.#firstLow);
    return units * this.#unit + (this.#rest - this.#firstRest);
  }

  /** The time read before the last, in the trace's unit. */
  get former(): string {
    const high = this.#formerHigh;
    const whole = high > 0 ? `${high}${String(this.#formerLow).padStart(9, '0')}` : `${this.#formerLow}`;
    const rest = String(this.#formerRest).padStart(this.#restDigits, '0').replace(/0+$/, '');
    return rest === '' ? whole : `${whole}.${rest}`;
  }

  #parse(source: Buffer, start: number, end: number): boolean {
    let at = start;
    while (at < end && isDigit(source[at])) at++;
    const whole = at;
    if (at < end && source[at] === DOT) {
      at++;
      while (at < end && isDigit(source[at])) at++;
    }
    if (at < end || whole - start > MOST_DIGITS)
      return this.#parseOther(source.toString('latin1', start, end));
    if (end - start < (whole < end ? 2 : 1)) return false;

    const split = Math.max(start, whole - 9);
    this.#high = digits(source, start, split);
    this.#low = digits(source, split, whole);
    const restEnd = Math.min(end, whole + 1 + this.#restDigits);
    this.#rest = restEnd <= whole + 1 ? 0 : digits(source, whole + 1, restEnd);
    for (let i = restEnd - whole - 1; i < this.#restDigits && this.#rest > 0; i++) this.#rest *= 10;
    return true;
  }

  /** `0,5`, ISO 8601, and `1e-05`, as programs print small times. */
  #parseOther(text: string): boolean {
    if (/^\d+,\d+$/.test(text)) {
      const plain = Buffer.from(text.replace(',', '.'));
      return this.#parse(plain, 0, plain.length);
    }
    const ns = isoNanoseconds(text);
    if (ns !== null) {
      const units = ns / BigInt(this.#unit);
      this.#high = Number(units / 1_000_000_000n);
      this.#low = Number(units % 1_000_000_000n);
      this.#rest = Number(ns % BigInt(this.#unit));
      return true;
    }
    const value = /^\d+(\.\d*)?e[-+]?\d{1,3}$/i.test(text) ? Number(text) : Number.NaN;
    if (!(value < 1e24)) return false;
    const whole = Math.floor(value);
    this.#high = Math.floor(whole / 1e9);
    this.#low = whole % 1e9;
    this.#rest = Math.floor((value - whole) * this.#unit);
    return true;
  }
}

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** Nanoseconds since 1970; null: this is no date of ISO 8601. */
function isoNanoseconds(text: string): bigint | null {
  const parts = ISO.exec(text);
  if (parts === null) return null;
  const [, day, minutes, seconds = '00', rest = '', zone = 'Z'] = parts;
  const ms = Date.parse(`${day}T${minutes}:${seconds}${/^utc$/i.test(zone) ? 'Z' : zone.toUpperCase()}`);
  return Number.isNaN(ms) ? null : BigInt(ms) * 1_000_000n + BigInt(rest.padEnd(9, '0'));
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= ZERO + 9;

function digits(source: Buffer, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) value = value * 10 + (source[i] - ZERO);
  return value;
}

/** The whole number that these bytes write in decimal, inexact above 2^53, or NaN. */
export function wholeNumber(source: Buffer, start: number, end: number): number {
  if (start === end) return Number.NaN;
  for (let i = start; i < end; i++) if (!isDigit(source[i])) return Number.NaN;
  return digits(source, start, end);
}
