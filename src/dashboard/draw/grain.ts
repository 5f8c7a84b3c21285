import { ASCII, BRAILLE, type Grain } from '../../report/raster.ts';
import type { Charset } from '../theme.ts';

// By the dots that are set: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
const QUADRANTS = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█';

const BLOCKS: Grain = { across: 2, down: 2, draw: (dots) => QUADRANTS[dots] ?? ' ' };

export const GRAINS: Readonly<Record<Charset, Grain>> = { braille: BRAILLE, blocks: BLOCKS, ascii: ASCII };

// The left one of each two dots.
const EVERY_SECOND = 0b01010101;
/** For a second curve: told apart by its form, not by its colour alone. */
export const DOTTED: Readonly<Record<Charset, Grain>> = {
  braille: { ...BRAILLE, draw: (dots) => BRAILLE.draw(dots & EVERY_SECOND || dots) },
  blocks: { ...BLOCKS, draw: (dots) => BLOCKS.draw(dots & EVERY_SECOND || dots) },
  ascii: { ...ASCII, draw: () => 'o' },
};
