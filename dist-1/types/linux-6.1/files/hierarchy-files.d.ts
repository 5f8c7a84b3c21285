import type { ControlFile } from '../types.ts';
export declare const LIMIT_FILES: readonly ControlFile[];
