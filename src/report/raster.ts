import type { Sample } from '../script/result.ts';

/** The least and the most of a quantity while one column of dots passes; null before there was any. */
export type Band = { readonly min: number; readonly max: number } | null;

/** What one character cell can hold: dots across, dots down, and the character for the dots that are set. */
export interface Grain {
  readonly across: number;
  readonly down: number;
  readonly draw: (dots: number) => string;
}

// Unicode numbers the dots of a braille cell 1-2-3-7 down the left and 4-5-6-8 down the right.
const BRAILLE_DOTS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

export const BRAILLE: Grain = {
  across: 2,
  down: 4,
  draw: (dots) => {
    const bits = BRAILLE_DOTS.reduce((sum, bit, i) => (dots & (1 << i) ? sum | bit : sum), 0);
    return String.fromCodePoint(0x2800 + bits);
  },
};

export const ASCII: Grain = { across: 1, down: 1, draw: () => '*' };

/**
 * Samples (pages) brought to `count` columns that cover virtual time from `begin` to `until` (ns).
 * A sample covers the time since the one before it, the first since `birth`.
 */
export function bandsOf(
  samples: readonly Sample[],
  birth: number,
  until: number,
  count: number,
  begin = 0,
): Band[] {
  const bands: Band[] = new Array<Band>(count).fill(null);
  const span = Math.max(1, until - begin) / count;
  let from = birth;
  for (const { time, min, max } of samples) {
    if (from > until) break;
    const first = Math.min(count - 1, Math.max(0, Math.floor((from - begin) / span)));
    const last = Math.min(count - 1, Math.max(first, Math.ceil((time - begin) / span) - 1));
    for (let column = first; column <= last && time >= begin; column++) {
      const band = bands[column];
      bands[column] = band ? { min: Math.min(band.min, min), max: Math.max(band.max, max) } : { min, max };
    }
    from = time;
  }
  return bands;
}

/** The dot row (0 is the lowest) of a value between 0 and `top`. */
export const dotOf = (value: number, top: number, dots: number): number =>
  Math.min(dots - 1, Math.round((value / top) * (dots - 1)));

/**
 * Bands drawn into cells, `rows` high, as one unbroken line: each column also reaches to where the
 * one before it ended. Answers the characters, topmost row first; null where nothing was drawn.
 */
export function rasterize(
  bands: readonly Band[],
  top: number,
  rows: number,
  grain: Grain,
): (string | null)[][] {
  const columns = Math.ceil(bands.length / grain.across);
  const dots = Array.from({ length: rows }, () => new Uint8Array(columns));
  const height = rows * grain.down;
  let before: { low: number; high: number } | null = null;
  for (const [x, band] of bands.entries()) {
    if (band === null) continue;
    const low = dotOf(band.min, top, height);
    const high = dotOf(band.max, top, height);
    const from = before ? Math.min(low, before.high) : low;
    const to = before ? Math.max(high, before.low) : high;
    for (let y = from; y <= to; y++) {
      const down = height - 1 - y;
      const bit = (down % grain.down) * grain.across + (x % grain.across);
      dots[Math.floor(down / grain.down)][Math.floor(x / grain.across)] |= 1 << bit;
    }
    before = { low, high };
  }
  return dots.map((row) => Array.from(row, (set) => (set === 0 ? null : grain.draw(set))));
}
