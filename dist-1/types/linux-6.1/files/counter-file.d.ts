import type { WriteAnswer } from '../../fs/types.ts';
import type { Cgroup, ControlFile, MemCgroup } from '../types.ts';
export declare const SIZE = "a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole pages; or max";
export declare const SIZE_RULE = "a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max";
/** page_counter_memparse(); null: EINVAL. */
export declare function pagesIn(data: Uint8Array, max: string): number | null;
export declare const counterFile: (name: string, said: Pick<ControlFile, 'about' | 'rule' | 'initially' | 'example' | 'turn' | 'steers'>, of: (memcg: MemCgroup) => number, written: (cgroup: Cgroup, value: number) => WriteAnswer | undefined) => ControlFile;
