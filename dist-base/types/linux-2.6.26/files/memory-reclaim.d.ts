import type { Bytes } from '../../kernel/units.ts';
import type { ControlFile } from '../types.ts';
/** cgroup v2 (Documentation/admin-guide/cgroup-v2.rst): memory.reclaim, and how the sizes of its files are written. */
export declare const COUNTER_RULE = "a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max";
/** The same for a help text. */
export declare const COUNTER: string;
export declare const V2 = "cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19";
export declare const showCounter: (value: Bytes) => string;
export declare const memoryReclaim: ControlFile;
