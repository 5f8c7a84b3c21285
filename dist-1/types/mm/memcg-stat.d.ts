import type { ReclaimStat } from './figures.ts';
import type { Mm } from './kernel.ts';
import type { MemCgroup, MemCgroupStat, Task } from './types.ts';
/** What a cgroup has counted: how it begins, a stall that ends, and what people are told of it. */
export declare const newMemCgroupStat: (nodes: number) => MemCgroupStat;
/** A task was held up since then, ns. `charged`: it got what it asked for. */
export declare function endStall(mm: Mm, task: Task, memcg: MemCgroup, since: number, charged: boolean): void;
/** `bgCpu`: of its reclaimers, also of one that runs; ns. */
export declare const reclaimStatOf: ({ stat, rereadsUnknown }: MemCgroup, bgState: ReclaimStat['bg_state'], bgCpu: number) => ReclaimStat;
