import type { Mm } from './kernel.ts';
import type { Task } from './types.ts';
/** A reclaim pass that waits for the disk. */
/** What a pass has of it. */
interface Napping {
    napping: boolean;
    /** ns */
    napSince: number;
}
type Reclaiming = Task & {
    readonly pass: Napping;
};
/** Up to `time` ns, less if a write ends meanwhile; endNap() must follow. */
export declare function takeNap(mm: Mm, task: Reclaiming, time: number): void;
/** `cgroup`: the path of what it reclaims from. */
export declare function endNap(mm: Mm, task: Reclaiming, cgroup: string): void;
export {};
