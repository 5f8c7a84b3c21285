import type { ControlFile } from '../types.ts';
export declare const SWAP_FILES: readonly ControlFile[];
