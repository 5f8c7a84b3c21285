import type { Measured } from './measure.ts';
export const pageOf = (all: readonly Measured[]): string =>
  `${all.map((row) => JSON.stringify(row)).join('\n')}\n`;
