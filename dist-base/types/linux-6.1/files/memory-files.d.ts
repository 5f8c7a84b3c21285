import type { ControlFile } from '../types.ts';
export declare const MEMORY_FILES: readonly ControlFile[];
