import type { WriteAnswer } from '../../fs/types.ts';
import { type Mark } from '../res-counter.ts';
import type { ControlFile, MemCgroup, Mm } from '../types.ts';
export declare const SERIES = "the series \"memcg: background reclaim (v1)\" of May 2008";
export declare const SIZE: string;
export declare const MARK_ORDER: string;
export declare const unsetBut: (booted: string) => string;
/** A write to limit_in_bytes, high_wmark_in_bytes or low_wmark_in_bytes. */
export declare function writeMark(mm: Mm, memcg: MemCgroup, mark: Mark, data: Uint8Array): WriteAnswer;
/** mem_cgroup_files[], in the order of their registration. */
export declare const MEMORY_FILES: readonly ControlFile[];
