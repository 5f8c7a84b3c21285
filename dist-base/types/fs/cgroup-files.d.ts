import type { ControlFile } from './types.ts';
/** What a write to `tasks` names. sscanf("%d"): leading blanks, one `-`, digits, modulo 2^32 as a signed int; null without a digit. */
export declare function scanPid(data: Uint8Array): number | null;
/** In the order of their registration. */
export declare const CGROUP_FILES: readonly ControlFile[];
