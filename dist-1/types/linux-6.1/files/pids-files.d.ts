import type { ControlFile } from '../types.ts';
export declare const PIDS_FILES: readonly ControlFile[];
