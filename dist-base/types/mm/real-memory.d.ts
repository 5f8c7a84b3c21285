import type { Mm } from './kernel.ts';
import { type RealProcess, type Resident, type Status, type Task } from './types.ts';
/**
 * Memory of real processes. A sample says how much a process holds; what it holds
 * more than before it has faulted in, what it holds less it has given back, the
 * youngest first. File pages are its own here: who else maps them is not seen.
 */
type MemoryKind = keyof Resident;
/** A process that holds `base` when it joins. */
export declare function newRealProcess(mm: Mm, name: string, start: number, base: Resident): RealProcess;
/** Takes a sample: gives back at once what is held no longer. True: more is wanted than ever since it last fitted. */
export declare function takeSample(mm: Mm, real: RealProcess, seen: Resident): boolean;
/** Pages that it holds and that are charged to nobody, since they were refused or are not faulted in yet. */
export declare const missingPages: (mm: Mm, real: RealProcess) => number;
/** Pages of a kind that it has brought in, resident or swapped or evicted since. */
export declare const broughtIn: (mm: Mm, real: RealProcess, kind: MemoryKind) => number;
/** One more page, as a fault brings it in. FAILED: it is refused. May sleep: then call it again. */
export declare function realFault(mm: Mm, task: Task, real: RealProcess): Status;
/** Whether there is something to fault in; what was refused before waits, unless it is `eager`, until there is room. */
export declare function wantsMore(mm: Mm, task: Task, real: RealProcess, eager: boolean): boolean;
/** A real kernel would have killed it here. The process has its pages all the same: said once until all fit again. */
export declare function refuseReal(mm: Mm, task: Task, real: RealProcess): void;
/** exec(2): the old memory is gone, and all that it holds from now on is new. */
export declare function execReal(mm: Mm, real: RealProcess): void;
/** exit_mm() */
export declare function exitReal(mm: Mm, real: RealProcess): void;
export {};
