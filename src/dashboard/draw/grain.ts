import { ASCII, BRAILLE, type Grain } from '../../report/raster.ts';
import type { Charset } from '../theme.ts';

// By the dots that are set: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
const QUADRANTS = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█';

const BLOCKS: Grain = { across: 2, down: 2, draw: (dots) => QUADRANTS[dots] ?? ' ' };

export const GRAINS: Readonly<Record<Charset, Grain>> = { braille: BRAILLE, blocks: BLOCKS, ascii: ASCII };

// The left one of each two dots.
const EVERY_SECOND = 0b01010101;

interface Pen {
  readonly grain: Grain;
  /** A second curve: told apart by its form, not by its colour alone. */
  readonly second: (dots: number) => string;
  /** Both curves in one cell: the second one's column has nothing else of it. */
  readonly both: (dots: number) => string;
}

const dotted = (grain: Grain): Pen => ({
  grain,
  second: (dots) => grain.draw(dots & EVERY_SECOND || dots),
  both: grain.draw,
});

export const PENS: Readonly<Record<Charset, Pen>> = {
  braille: dotted(BRAILLE),
  blocks: dotted(BLOCKS),
  ascii: { grain: ASCII, second: () => 'o', both: () => '8' },
};
