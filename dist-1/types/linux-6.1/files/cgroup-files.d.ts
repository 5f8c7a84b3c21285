import type { ControlFile } from '../types.ts';
export declare const CGROUP_FILES: readonly ControlFile[];
