import type { HealthWord } from '../stage/stage.ts';

/** Something ought to be changed. */
export const isBad = (word: HealthWord): boolean => word !== 'calm' && word !== 'background only';
