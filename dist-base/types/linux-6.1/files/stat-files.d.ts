import type { ControlFile } from '../types.ts';
export declare const STAT_FILES: readonly ControlFile[];
