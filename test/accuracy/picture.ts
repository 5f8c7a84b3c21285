import type { Measured } from './measure.ts';
export const pictureOf = (_: readonly Measured[]): string => '';
